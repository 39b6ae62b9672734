using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Names an event that was withheld from an affiliate portal.</summary>
public readonly record struct SuppressionId(Guid Value) : ITypedId<SuppressionId>
{
    public static string Prefix => "sup";

    public static SuppressionId From(Guid value) => new(value);

    public static SuppressionId Parse(string s, IFormatProvider? provider) => TypeId.Parse<SuppressionId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out SuppressionId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
