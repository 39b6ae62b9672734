using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Names a batch of events for an affiliate portal: what the portal tells repeats by.</summary>
[TypedId("afb")]
public readonly partial record struct AffiliateBatchId : ITypedId<AffiliateBatchId>;
