using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Names a deposit of a lead.</summary>
public readonly record struct DepositId(Guid Value) : ITypedId<DepositId>
{
    public static string Prefix => "dep";

    public static DepositId From(Guid value) => new(value);

    public static DepositId Parse(string s, IFormatProvider? provider) => TypeId.Parse<DepositId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out DepositId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
