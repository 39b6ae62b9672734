using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>
/// JSON as the API speaks it: snake_case, enums as words, ids as TypeIDs, times with milliseconds, unknown fields refused.
/// </summary>
public static class HubJson
{
    public const int MaxDepth = 32;

    public static readonly JsonSerializerOptions Options = Create(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>For the paths that speak camelCase.</summary>
    public static readonly JsonSerializerOptions Camel = Create(JsonNamingPolicy.CamelCase);

    /// <summary>For payloads, which an older version may have written: unknown fields are passed over.</summary>
    public static readonly JsonSerializerOptions Stored =
        new(Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, AllowDuplicateProperties = true };

    /// <summary>As the endpoint that was called speaks.</summary>
    public static JsonSerializerOptions For(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CamelCase>() is null ? Options : Camel;

    public static void Configure(JsonSerializerOptions options, JsonNamingPolicy naming)
    {
        options.PropertyNamingPolicy = naming;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;   // answers are JSON, never part of a page
        options.Converters.Add(new WordConverterFactory());
        options.Converters.Add(new TypedIdConverterFactory());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new SecretConverter());
        options.Converters.Add(new ObjectConverter());
    }

    /// <summary>
    /// For what describes the API and reads nothing: of the serializer's own converter of enums it is known which words there are, of any
    /// other it is not.
    /// </summary>
    public static JsonSerializerOptions ForSchemas(JsonSerializerOptions options)
    {
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }

    private static JsonSerializerOptions Create(JsonNamingPolicy naming)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Configure(options, naming);
        return options;
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Moment.TryParse(reader.GetString(), out var value)
                ? value
                : throw new JsonException(Moment.Rule);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class SecretConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }

    /// <summary>The serializer's own lets a field be there twice, and fails later, when somebody looks for it.</summary>
    private sealed class ObjectConverter : JsonConverter<JsonObject>
    {
        public override JsonObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<JsonElement>(ref reader, options) is { ValueKind: JsonValueKind.Object } element
                ? JsonObject.Create(element)
                : throw new JsonException("must be an object");

        public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) =>
            value.WriteTo(writer, options);
    }

    /// <summary>The serializer's own takes several words with commas between them for one.</summary>
    private sealed class WordConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
    }

    /// <summary>However its letters are cased.</summary>
    private sealed class WordConverter<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Words.TryParse<TEnum>(reader.GetString()!.ToLowerInvariant(), out var value)
                ? value
                : throw new JsonException($"must be one of {string.Join(", ", Words.All<TEnum>())}");

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToWord());
    }

    private sealed class TypedIdConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsValueType
                && typeToConvert.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITypedId<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TypedIdConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class TypedIdConverter<TId> : JsonConverter<TId>
        where TId : struct, ITypedId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TypeId.TryParse<TId>(reader.GetString(), out var id)
                ? id
                : throw new JsonException($"must be an id of the form {TId.Prefix}_...");

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
