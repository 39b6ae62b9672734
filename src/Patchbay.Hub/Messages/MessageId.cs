using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Names a message.</summary>
public readonly record struct MessageId(Guid Value) : ITypedId<MessageId>
{
    public static string Prefix => "msg";

    public static MessageId From(Guid value) => new(value);

    public static MessageId Parse(string s, IFormatProvider? provider) => TypeId.Parse<MessageId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out MessageId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
