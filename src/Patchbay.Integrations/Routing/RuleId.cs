using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Names a routing rule.</summary>
public readonly record struct RuleId(Guid Value) : ITypedId<RuleId>
{
    public static string Prefix => "rul";

    public static RuleId From(Guid value) => new(value);

    public static RuleId Parse(string s, IFormatProvider? provider) => TypeId.Parse<RuleId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out RuleId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
