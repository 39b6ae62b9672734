using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Names a delivery: one call to the outside with all its attempts.</summary>
public readonly record struct DeliveryId(Guid Value) : ITypedId<DeliveryId>
{
    public static string Prefix => "dlv";

    public static DeliveryId From(Guid value) => new(value);

    public static DeliveryId Parse(string s, IFormatProvider? provider) => TypeId.Parse<DeliveryId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out DeliveryId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
