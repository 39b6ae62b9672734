using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Names a long piece of work with progress.</summary>
[TypedId("job")]
public readonly partial record struct JobId : ITypedId<JobId>;
