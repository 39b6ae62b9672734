using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Payments;

/// <summary>What its disputes take from a payment: their sum, kept with it.</summary>
/// <param name="Disputes">How many there are, of any kind.</param>
/// <param name="Disputed">Held back by open chargebacks, in minor units.</param>
/// <param name="ChargedBack">Lost, in minor units.</param>
public readonly record struct Contested(int Disputes, long Disputed, long ChargedBack)
{
    /// <param name="dispute">Null when there is none.</param>
    public static Contested By(Dispute? dispute) => dispute switch
    {
        null => default,
        { Status: DisputeStatus.Lost } => new Contested(1, 0, dispute.Amount.MinorUnits),
        { Status: DisputeStatus.Open, Kind: DisputeKind.Chargeback } => new Contested(1, dispute.Amount.MinorUnits, 0),
        _ => new Contested(1, 0, 0),
    };

    public static Contested operator +(Contested left, Contested right) =>
        new(left.Disputes + right.Disputes, left.Disputed + right.Disputed, left.ChargedBack + right.ChargedBack);

    public static Contested operator -(Contested left, Contested right) =>
        new(left.Disputes - right.Disputes, left.Disputed - right.Disputed, left.ChargedBack - right.ChargedBack);
}

/// <summary>All that releases before the table of disputes knew of them: one value a payment. Read, not written any more.</summary>
public enum EarlierDispute
{
    None,
    Open,
    Won,
    Lost,
}
