using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Patchbay.Platform.Api;

/// <summary>
/// A JSON body, read whole and validated in form: either the value or what is wrong with it. <see cref="InputFilter"/> answers the latter.
/// </summary>
public sealed partial class Body<T> : IChecked, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private Body(T? value, byte[] raw, Error? error) => (_value, Raw, Error) = (value, raw, error);

    /// <summary>The bytes as they came: what idempotency keys are compared by.</summary>
    public byte[] Raw { get; }

    public Error? Error { get; }

    /// <summary>Only to be asked for where <see cref="InputFilter"/> has let the request through.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The body was not readable.");

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (raw, error) = await BodyBytes.ReadAsync(context);
        return error is null ? Read(raw, HubJson.For(context)) : new Body<T>(null, [], error);
    }

    /// <param name="raw">UTF-8; empty counts as <c>{}</c>.</param>
    public static Body<T> Read(byte[] raw, JsonSerializerOptions json)
    {
        var shape = new JsonShape(typeof(T), json);
        if (JsonText.Find(raw, shape) is var (field, fault))
            return new Body<T>(null, raw, Error.Invalid(field, fault) with { FieldsAsSent = true });
        try
        {
            return JsonSerializer.Deserialize<T>(raw.Length == 0 ? "{}"u8 : raw, json) is { } value
                ? new Body<T>(value, raw, null)
                : new Body<T>(null, raw, ApiErrors.MalformedJson.With("The body must be a JSON object, not null."));
        }
        catch (JsonException exception)
        {
            return new Body<T>(null, raw, Describe(exception, raw, shape) with { FieldsAsSent = true });
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));   // no body counts as an empty one

    private static Error Describe(JsonException exception, byte[] raw, JsonShape shape)
    {
        var steps = JsonShape.StepsOf(exception.Path);
        if (UnknownField().Match(exception.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            var around = steps is [.., var last] && last == name ? steps.SkipLast(1) : steps;
            return Error.Invalid(
                Prefix(exception.Path, name), "is not a field of this request" + Nearest.Hint(name, shape.FieldsAt(around)));
        }

        if (MissingFields().Match(exception.Message) is { Success: true } missing)
            return Error.Invalid(missing.Groups[1].Value.Split(',').Select(name => name.Trim(' ', '\'')).Distinct()
                .ToDictionary(name => name, _ => new[] { "is required" }));
        if (!IsJson(raw, repeats: true, out var deep))
            return deep
                ? ApiErrors.TooDeep.With($"The body is nested more than {HubJson.MaxDepth} levels deep.")
                : ApiErrors.MalformedJson.With(
                    $"The body is not JSON (line {exception.LineNumber + 1}, position {exception.BytePositionInLine}).");
        var field = exception.Path is { Length: > 2 } path ? path[2..] : "body";
        if (!IsJson(raw, repeats: false, out _))
            return ApiErrors.MalformedJson.With($"A field is given twice, at or in {field}.");
        var custom = exception.Message.StartsWith("must ", StringComparison.Ordinal);
        return Error.Invalid(field, custom ? exception.Message.Split(" Path:")[0] : shape.RuleAt(steps));
    }

    private static string Prefix(string? path, string field) =>
        path is not { Length: > 2 } ? field
        : path.EndsWith(field, StringComparison.Ordinal) ? path[2..]
        : $"{path[2..]}.{field}";

    /// <param name="repeats">Whether a field may be given twice.</param>
    private static bool IsJson(byte[] raw, bool repeats, out bool tooDeep)
    {
        tooDeep = false;
        try
        {
            using var document = JsonDocument.Parse(
                raw, new JsonDocumentOptions { MaxDepth = HubJson.MaxDepth, AllowDuplicateProperties = repeats });
            return true;
        }
        catch (JsonException exception)
        {
            tooDeep = exception.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            return false;
        }
    }

    [GeneratedRegex("JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownField();

    [GeneratedRegex("missing required properties including: (.*)\\.")]
    private static partial Regex MissingFields();
}

/// <summary>Marks endpoints that take and give camelCase, problems included.</summary>
public sealed class CamelCase;
