using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Names an event.</summary>
public readonly record struct EventId(Guid Value) : ITypedId<EventId>
{
    public static string Prefix => "evt";

    public static EventId From(Guid value) => new(value);

    public static EventId Parse(string s, IFormatProvider? provider) => TypeId.Parse<EventId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out EventId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
