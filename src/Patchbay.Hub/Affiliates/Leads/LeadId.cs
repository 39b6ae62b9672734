using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Names a lead of an affiliate.</summary>
public readonly record struct LeadId(Guid Value) : ITypedId<LeadId>
{
    public static string Prefix => "led";

    public static LeadId From(Guid value) => new(value);

    public static LeadId Parse(string s, IFormatProvider? provider) => TypeId.Parse<LeadId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out LeadId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
