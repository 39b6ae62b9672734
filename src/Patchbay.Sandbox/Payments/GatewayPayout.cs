namespace Patchbay.Sandbox.Payments;

public enum GatewayPayoutStatus
{
    Pending,

    /// <summary>The receiver has said where it goes, and the merchant has to complete it, at vendors where that is so.</summary>
    Requested,

    /// <summary>The merchant has completed it.</summary>
    Processing,
    Canceled,

    /// <summary>The receiver has not taken it yet.</summary>
    Unclaimed,
    Paid,
    Failed,
    Returned,
}

/// <summary>Money on its way out.</summary>
/// <param name="name">The merchant's; at the vendor, none comes twice.</param>
/// <param name="code">The magic code that decides what becomes of it; null for none.</param>
public sealed class GatewayPayout(string id, string name, GatewayAccount account, GatewayOrder order, string? code)
{
    private volatile GatewayPayoutStatus _status;

    public string Id { get; } = id;

    public string Name { get; } = name;

    public GatewayAccount Account { get; } = account;

    public GatewayOrder Order { get; } = order;

    public string? Code { get; } = code;

    public GatewayPayoutStatus Status
    {
        get => _status;
        internal set => _status = value;
    }
}
