using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Names a refund.</summary>
public readonly record struct RefundId(Guid Value) : ITypedId<RefundId>
{
    public static string Prefix => "ref";

    public static RefundId From(Guid value) => new(value);

    public static RefundId Parse(string s, IFormatProvider? provider) => TypeId.Parse<RefundId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out RefundId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
