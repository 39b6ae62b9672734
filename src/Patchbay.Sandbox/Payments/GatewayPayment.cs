using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Payments;

/// <summary>Where a payment at a gateway stands. The vendor has its own words for it.</summary>
public enum GatewayStatus
{
    /// <summary>The customer has not paid yet, or may try again after the bank declined.</summary>
    Open,

    /// <summary>The customer agreed, and the merchant has to complete it, at vendors where that is so.</summary>
    Approved,

    /// <summary>The customer has done everything; the bank will say later.</summary>
    Processing,
    Authorized,
    Paid,
    Failed,
    Canceled,
    Expired,
}

/// <summary>A payment and its steps. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
/// <param name="code">The magic code that decides how the customer and the bank behave; null for none.</param>
public sealed class GatewayPayment(string id, GatewayAccount account, GatewayOrder order, string? code, DateTimeOffset createdAt)
{
    public Lock Gate { get; } = new();

    public string Id { get; } = id;

    public GatewayAccount Account { get; } = account;

    public GatewayOrder Order { get; } = order;

    public string? Code { get; } = code;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public Money Amount => Order.Amount!.Value;

    public GatewayStatus Status { get; internal set; }

    /// <summary>Whether the money was reserved first; it stays true once it was captured or given up.</summary>
    public bool WasAuthorized { get; internal set; }

    /// <summary>Whether the bank declined the last attempt.</summary>
    public bool IsDeclined { get; internal set; }

    /// <summary>Whether the bank will decline what the customer agreed to.</summary>
    internal bool WillBeDeclined { get; set; }

    public bool IsDisputed { get; internal set; }

    public Money Captured { get; internal set; } = Money.Zero(order.Amount!.Value.Currency);

    /// <summary>Refunded or about to be.</summary>
    public Money Refunded { get; internal set; } = Money.Zero(order.Amount!.Value.Currency);

    public Money Refundable => Captured - Refunded;

    /// <param name="amount">Null for all of it.</param>
    public bool MayBeCaptured(Money? amount) => Status == GatewayStatus.Authorized
        && (amount is not { } part || part.MinorUnits > 0 && part.Currency == Amount.Currency && part <= Amount);

    public bool MayBeCanceled => Status is GatewayStatus.Open or GatewayStatus.Approved or GatewayStatus.Authorized;
}
