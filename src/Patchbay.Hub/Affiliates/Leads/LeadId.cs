using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Names a lead of an affiliate.</summary>
[TypedId("led")]
public readonly partial record struct LeadId : ITypedId<LeadId>;
