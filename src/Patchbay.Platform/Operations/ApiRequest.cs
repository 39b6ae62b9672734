using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Operations;

/// <summary>What every changing request carries: who calls, its idempotency key, how long to wait for an outcome, its trace.</summary>
public sealed record ApiRequest(Caller Caller, string Route, string Path, string? Key, TimeSpan Wait, string? TraceParent, HttpContext Http, Error? Error) : IChecked
{
    public const int MaxKey = 255;
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Keep = TimeSpan.FromHours(24);
    public static readonly TimeSpan KeepMoney = TimeSpan.FromDays(30);

    public static ValueTask<ApiRequest> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var caller = Caller.Of(context);
        var endpoint = context.GetEndpoint();
        var route = $"{context.Request.Method} {(endpoint as RouteEndpoint)?.RoutePattern.RawText}";
        var key = context.Request.Headers["Idempotency-Key"].ToString().Trim();
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"')
            key = key[1..^1];
        Error? error = null;
        if (key.Length > MaxKey)
            error = Error.BadRequest("idempotency_key_invalid", $"The Idempotency-Key has {key.Length} characters; at most {MaxKey} are allowed.");
        else if (key.Length == 0 && endpoint?.Metadata.GetMetadata<NeedsIdempotencyKey>() is not null)
            error = Error.BadRequest("idempotency_key_required", "This request moves money: send an Idempotency-Key, and the same one when repeating it.");
        return ValueTask.FromResult(new ApiRequest(
            caller, route, context.Request.Path.Value ?? "", key.Length == 0 ? null : key, ReadWait(context), Activity.Current?.Id, context, error));
    }

    /// <summary>Null when the caller gave no key.</summary>
    public IdempotencyClaim? Claim(byte[] body, TimeSpan? keep, IBodySeal? seal)
    {
        if (Key is null)
            return null;
        var fingerprint = SHA256.HashData([.. Encoding.UTF8.GetBytes(Path + "\n"), .. CanonicalJson.Fingerprint(body)]);
        return new IdempotencyClaim(Caller.Tenant, Route, Key, fingerprint, keep ?? Keep, seal);
    }

    /// <summary><c>Prefer: wait=N</c> in seconds; more than 30 counts as 30, anything unreadable as no wish.</summary>
    private static TimeSpan ReadWait(HttpContext context)
    {
        foreach (var preference in context.Request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(',')))
        {
            if (preference.Trim().Split('=') is [var name, var value] && name.Trim() == "wait" && int.TryParse(value.Trim(' ', '"'), out var seconds) && seconds > 0)
                return TimeSpan.FromSeconds(Math.Min(seconds, MaxWait.TotalSeconds));
        }

        return TimeSpan.Zero;
    }
}

/// <summary>Marks endpoints that refuse requests without an idempotency key.</summary>
public sealed class NeedsIdempotencyKey;
