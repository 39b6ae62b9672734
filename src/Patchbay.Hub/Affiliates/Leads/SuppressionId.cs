using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Names an event that was withheld from an affiliate portal.</summary>
[TypedId("sup")]
public readonly partial record struct SuppressionId : ITypedId<SuppressionId>;
