using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Names an integration: a provider activated by a tenant.</summary>
public readonly record struct IntegrationId(Guid Value) : ITypedId<IntegrationId>
{
    public static string Prefix => "int";

    public static IntegrationId From(Guid value) => new(value);

    public static IntegrationId Parse(string s, IFormatProvider? provider) => TypeId.Parse<IntegrationId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out IntegrationId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
