using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Tests.Outbound;

/// <summary>Certificates that vouch for themselves.</summary>
internal static class Certificates
{
    public static X509Certificate2 New(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public static ClientCertificate NewClient(string subject)
    {
        using var certificate = New(subject);
        using var key = certificate.GetECDsaPrivateKey()!;
        return new ClientCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
