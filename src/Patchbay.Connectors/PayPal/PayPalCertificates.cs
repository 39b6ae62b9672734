using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Patchbay.Connectors.PayPal;

/// <summary>The certificates that PayPal signs webhooks with.</summary>
internal static class PayPalCertificates
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The signer's first, then perhaps its issuers; empty when it is no PEM.</summary>
    public static X509Certificate2Collection Read(ReadOnlyMemory<byte> pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.ASCII.GetString(pem.Span));
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates;
    }

    /// <summary>Valid at that time, and issued under one of the roots.</summary>
    /// <param name="roots">
    /// Null: those of this machine, for a name of PayPal's, as PayPal's own libraries look for it; that such a certificate was issued to
    /// somebody says nothing.
    /// </param>
    public static bool AreTrusted(X509Certificate2Collection sent, DateTimeOffset at, X509Certificate2Collection? roots)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.VerificationTime = at.UtcDateTime;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.UrlRetrievalTimeout = Patience;   // for issuers, in case PayPal does not send them along (unconfirmed)
        policy.ExtraStore.AddRange(sent);
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return chain.Build(sent[0])
            && (roots is not null || sent[0].GetNameInfo(X509NameType.DnsName, false).EndsWith(".paypal.com", StringComparison.Ordinal));
    }
}
