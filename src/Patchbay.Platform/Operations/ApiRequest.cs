using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Operations;

/// <summary>What every changing request carries, over HTTP or by an action's name.</summary>
/// <param name="Route">Method and route template; with the key it names the operation, so both are kept as long as keys are.</param>
/// <param name="Path">With what stands in the template's place.</param>
/// <param name="Key">The idempotency key; null when the caller gave none.</param>
/// <param name="Wait">How long the caller waits for an outcome; zero when it did not say.</param>
/// <param name="Json">How the caller spells fields.</param>
/// <param name="Trace">Told with a refusal.</param>
/// <param name="Error">Null when the request could be read.</param>
public sealed record ApiRequest(
    Caller Caller, string Route, string Path, string? Key, TimeSpan Wait, JsonSerializerOptions Json, string Trace, Error? Error) : IChecked
{
    public const int MaxKey = 255;
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Keep = TimeSpan.FromHours(24);
    public static readonly TimeSpan KeepMoney = TimeSpan.FromDays(30);

    public static ValueTask<ApiRequest> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context));

    internal static ApiRequest Of(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var keys = context.Request.Headers["Idempotency-Key"];
        var key = keys.ToString().Trim();
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"')
            key = key[1..^1];
        return new ApiRequest(
            Caller.Of(context), $"{context.Request.Method} {(endpoint as RouteEndpoint)?.RoutePattern.RawText}",
            context.Request.Path.Value ?? "", key.Length == 0 ? null : key, ReadWait(context), HubJson.For(context),
            CallTrace.Id,
            keys.Count > 1
                ? OperationErrors.KeyInvalid.With("The header Idempotency-Key is there twice: send one.")
                : Fault(key, endpoint?.Metadata.GetMetadata<NeedsIdempotencyKey>() is not null));
    }

    /// <summary>What is wrong with an idempotency key; null when nothing is.</summary>
    internal static Error? Fault(string key, bool needed) => key.Length switch
    {
        > MaxKey => OperationErrors.KeyInvalid.With($"The Idempotency-Key has {key.Length} characters; at most {MaxKey} are allowed."),
        0 when needed => OperationErrors.KeyRequired.With(
            "This request moves money: send an Idempotency-Key, and the same one when repeating it."),
        _ => null,
    };

    /// <summary>The operation that the key names. The modes are apart: what a test key has tried is no answer to a live one.</summary>
    public IdempotencyKey? Operation => Key is null ? null : new IdempotencyKey(
        Caller.Tenant, Caller.Mode == IntegrationMode.Live ? Route : "sandbox " + Route, Key);

    /// <summary>Null when the caller gave no key.</summary>
    public IdempotencyClaim? Claim(byte[] body, TimeSpan? keep, IBodySeal? seal)
    {
        if (Operation is not { } operation)
            return null;
        var fingerprint = SHA256.HashData([.. Encoding.UTF8.GetBytes(Path + "\n"), .. CanonicalJson.Fingerprint(body)]);
        return new IdempotencyClaim(operation.Tenant, operation.Route, operation.Key, fingerprint, keep ?? Keep, seal);
    }

    /// <summary>A refusal as this caller reads it.</summary>
    public StoredReply Refuse(Error error) =>
        new(error.Status, JsonSerializer.SerializeToUtf8Bytes(Problems.View(error, Json, Trace), Json), null)
        {
            RetryAfter = error.RetryAfter,
        };

    /// <summary><c>Prefer: wait=N</c> in seconds; more than 30 counts as 30, anything unreadable as no wish.</summary>
    private static TimeSpan ReadWait(HttpContext context)
    {
        foreach (var preference in context.Request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(',')))
        {
            if (preference.Trim().Split('=') is [var name, var value] && name.Trim() == "wait"
                && int.TryParse(value.Trim(' ', '"'), out var seconds) && seconds > 0)
                return TimeSpan.FromSeconds(Math.Min(seconds, MaxWait.TotalSeconds));
        }

        return TimeSpan.Zero;
    }
}

/// <summary>Marks endpoints that refuse requests without an idempotency key.</summary>
public sealed class NeedsIdempotencyKey;
