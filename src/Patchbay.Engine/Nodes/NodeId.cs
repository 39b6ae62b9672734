using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Names one run of one process; a restarted process is another node.</summary>
public readonly record struct NodeId(Guid Value) : ITypedId<NodeId>
{
    public static string Prefix => "nod";

    public static NodeId From(Guid value) => new(value);

    public static NodeId Parse(string s, IFormatProvider? provider) => TypeId.Parse<NodeId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out NodeId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
