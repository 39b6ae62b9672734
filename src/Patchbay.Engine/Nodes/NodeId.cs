using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Names one run of one process; a restarted process is another node.</summary>
[TypedId("nod")]
public readonly partial record struct NodeId : ITypedId<NodeId>;
