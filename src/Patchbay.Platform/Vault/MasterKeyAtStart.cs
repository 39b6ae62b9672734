using Patchbay.Platform.Features;

namespace Patchbay.Platform.Vault;

/// <summary>A node whose master key is not its database's does not start.</summary>
internal sealed class MasterKeyAtStart(MasterKeyProof proof) : IAtStart
{
    public Task RunAsync(CancellationToken cancellationToken) => proof.EnsureAsync(cancellationToken);
}
