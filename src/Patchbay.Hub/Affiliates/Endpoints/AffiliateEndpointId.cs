using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Names an affiliate portal's endpoint.</summary>
[TypedId("afe")]
public readonly partial record struct AffiliateEndpointId : ITypedId<AffiliateEndpointId>;
