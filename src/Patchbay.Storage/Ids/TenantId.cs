namespace Patchbay.Storage;

/// <summary>Names a tenant: the first part of nearly every key.</summary>
public readonly record struct TenantId(Guid Value) : ITypedId<TenantId>
{
    public static string Prefix => "ten";

    public static TenantId From(Guid value) => new(value);

    public static TenantId Parse(string s, IFormatProvider? provider) => TypeId.Parse<TenantId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out TenantId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
