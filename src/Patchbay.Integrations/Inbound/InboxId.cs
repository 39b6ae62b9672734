using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Names a received webhook.</summary>
public readonly record struct InboxId(Guid Value) : ITypedId<InboxId>
{
    public static string Prefix => "inb";

    public static InboxId From(Guid value) => new(value);

    public static InboxId Parse(string s, IFormatProvider? provider) => TypeId.Parse<InboxId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out InboxId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
