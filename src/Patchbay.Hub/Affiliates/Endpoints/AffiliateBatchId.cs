using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Names a batch of events for an affiliate portal: what the portal tells repeats by.</summary>
public readonly record struct AffiliateBatchId(Guid Value) : ITypedId<AffiliateBatchId>
{
    public static string Prefix => "afb";

    public static AffiliateBatchId From(Guid value) => new(value);

    public static AffiliateBatchId Parse(string s, IFormatProvider? provider) => TypeId.Parse<AffiliateBatchId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out AffiliateBatchId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
