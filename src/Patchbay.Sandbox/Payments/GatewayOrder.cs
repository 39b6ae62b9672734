using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Payments;

/// <summary>A payment, or a refund, as a request asks for it.</summary>
/// <param name="Amount">Null when it is missing or none of the currency's; of a refund, null also means all that is left.</param>
/// <param name="Reference">The merchant's own, which webhooks echo; null for none.</param>
public record GatewayOrder(Money? Amount, string? Reference)
{
    /// <summary>That of the merchant's own customer, where the vendor is told it; like the other it may end in a magic code.</summary>
    public string? Label { get; init; }

    /// <summary>The request, where its vendor has more to tell of it; else null.</summary>
    public JsonObject? Asked { get; init; }

    /// <summary>Where the customer goes on after paying; null for nowhere.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>Where the payment's webhooks go; null for the address that was entered for the account.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Whether the money is only reserved until it is captured.</summary>
    public bool ManualCapture { get; init; }
}
