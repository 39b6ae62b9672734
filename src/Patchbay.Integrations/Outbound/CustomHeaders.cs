using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Outbound;

/// <summary>Headers that a tenant adds to what goes out. Those that sign, address, frame or route a message are the hub's own.</summary>
public static class CustomHeaders
{
    public const int Max = 20;

    private const int MaxValue = 1_000;

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        WebhookSignature.Id, WebhookSignature.Timestamp, WebhookSignature.Signature, WebhookSignature.Older, WebhookSignature.OlderPrevious,
        "host", "user-agent", "date", "expect", "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
        "te", "trailer", "transfer-encoding", "upgrade", "traceparent", "tracestate", "accept-encoding", "cookie");

    public static bool MaySet(string name) =>
        !Reserved.Contains(name) && !name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("x-webhook-", StringComparison.OrdinalIgnoreCase);

    public static void Check(IReadOnlyDictionary<string, string> headers, string field, Faults faults)
    {
        faults.Require(headers.Count <= Max, field, $"at most {Max} are allowed");
        foreach (var (name, value) in headers)
        {
            var at = $"{field}.{name}";
            faults.Require(name.Length is > 0 and <= 100 && name.All(IsToken), at, "is not the name of a header");
            faults.Require(MaySet(name), at, "is set by the hub and cannot be overridden");
            faults.Require(
                value is not null && value.Length <= MaxValue && HeaderText.CanBeSent(value), at,
                $"must be at most {MaxValue} printable ASCII characters");
        }
    }

    private static bool IsToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
