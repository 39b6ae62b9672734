using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Names a payment.</summary>
public readonly record struct PaymentId(Guid Value) : ITypedId<PaymentId>
{
    public static string Prefix => "pay";

    public static PaymentId From(Guid value) => new(value);

    public static PaymentId Parse(string s, IFormatProvider? provider) => TypeId.Parse<PaymentId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out PaymentId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
