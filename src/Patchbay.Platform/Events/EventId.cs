using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Names an event.</summary>
[TypedId("evt")]
public readonly partial record struct EventId : ITypedId<EventId>;
