using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Names an affiliate portal's endpoint.</summary>
public readonly record struct AffiliateEndpointId(Guid Value) : ITypedId<AffiliateEndpointId>
{
    public static string Prefix => "afe";

    public static AffiliateEndpointId From(Guid value) => new(value);

    public static AffiliateEndpointId Parse(string s, IFormatProvider? provider) => TypeId.Parse<AffiliateEndpointId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out AffiliateEndpointId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
