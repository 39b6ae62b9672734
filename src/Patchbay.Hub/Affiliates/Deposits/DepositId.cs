using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Names a deposit of a lead.</summary>
[TypedId("dep")]
public readonly partial record struct DepositId : ITypedId<DepositId>;
