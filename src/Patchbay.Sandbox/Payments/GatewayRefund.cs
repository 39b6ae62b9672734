using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Payments;

public enum GatewayRefundStatus
{
    Pending,
    Succeeded,
    Failed,
}

/// <summary>A refund. Whoever reads or changes it holds its payment's gate.</summary>
public sealed class GatewayRefund(string id, GatewayPayment payment, Money amount, string? reference)
{
    public string Id { get; } = id;

    public GatewayPayment Payment { get; } = payment;

    public Money Amount { get; } = amount;

    public string? Reference { get; } = reference;

    /// <summary>As <see cref="GatewayOrder.Asked"/>.</summary>
    public JsonObject? Asked { get; init; }

    public GatewayRefundStatus Status { get; internal set; }
}
