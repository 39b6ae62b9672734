using Patchbay.Platform.Vault;

namespace Patchbay.Platform.Operations;

/// <summary>Keeps answers that hold a secret under the tenant's data key.</summary>
public sealed class SecretReply(TenantCipher cipher) : IBodySeal
{
    private const string Purpose = "reply";

    public byte[] Seal(byte[] body) => cipher.Seal(Purpose, body);

    public byte[] Open(byte[] sealedBody) => cipher.Open(Purpose, sealedBody);
}
