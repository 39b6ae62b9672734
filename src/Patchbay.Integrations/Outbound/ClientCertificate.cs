using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Outbound;

/// <summary>What the hub shows a receiver that wants to know who calls (mTLS).</summary>
/// <param name="Certificate">PEM: the certificate, then those between it and the root, if any.</param>
/// <param name="PrivateKey">PEM, not encrypted.</param>
public sealed record ClientCertificate(string? Certificate = null, string? PrivateKey = null)
{
    private const int MaxPem = 20_000;

    /// <summary>Tells one from another without holding it.</summary>
    public string Fingerprint() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Certificate + "\n" + PrivateKey)));

    /// <summary>The certificate with its key, and the certificates above it.</summary>
    /// <exception cref="CryptographicException">They are not PEM, or do not belong together.</exception>
    public (X509Certificate2 Leaf, X509Certificate2Collection Chain) Load()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(Certificate);
        if (chain.Count > 0)
        {
            chain[0].Dispose();
            chain.RemoveAt(0);
        }

        return (X509Certificate2.CreateFromPem(Certificate, PrivateKey), chain);
    }

    /// <summary>What may be shown of it; null when something is wrong with it, which is then among the faults.</summary>
    public ClientCertificateView? Read(string field, Faults faults)
    {
        faults.Text(Certificate, field + ".certificate", MaxPem);
        faults.Text(PrivateKey, field + ".private_key", MaxPem);
        if (faults.Concern(field))
            return null;
        try
        {
            var (leaf, _) = Load();
            using (leaf)
                return new ClientCertificateView(
                    leaf.Subject, leaf.NotAfter.ToUniversalTime(), leaf.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            faults.Add(field, "must be a certificate and its private key, both as PEM");
            return null;
        }
    }
}

/// <summary>A client certificate as the API shows it.</summary>
/// <param name="Sha256">Of the certificate, lower-case hex.</param>
public sealed record ClientCertificateView(string Subject, DateTimeOffset ExpiresAt, string Sha256);
