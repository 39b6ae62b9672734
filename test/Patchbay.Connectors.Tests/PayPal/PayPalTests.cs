using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.PayPal;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers, and the signature's worked example, are in <c>Recordings/paypal.yaml</c>.</summary>
public sealed class PayPalTests() : PaymentConnectorContract("paypal")
{
    private static readonly DateTimeOffset Noon = Webhooks.Noon;

    [Fact]
    public void The_checksum_is_the_common_one()
    {
        Assert.Equal(3421780262, Signatures.Crc32("123456789"u8));
        Assert.Equal(3728971162, Signatures.Crc32(Request(Genuine.First()).Body.Span));
    }

    [Theory]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1", true, false)]
    [InlineData("https://api-m.paypal.com/v1/notifications/certs/CERT-1", true, false)]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", false, true)]
    [InlineData("https://api-m.sandbox.paypal.com/v1/notifications/certs/CERT-1", false, true)]
    [InlineData("http://api.paypal.com/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://api.paypal.com:8443/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://evil.example/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://www.paypal.com/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://me@api.paypal.com/v1/notifications/certs/CERT-1", false, false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/../../oauth2/CERT-1", false, false)]
    [InlineData("https://api.paypal.com/v1/files/CERT-1", false, false)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1?to=evil", false, false)]
    [InlineData("CERT-1", false, false)]
    [InlineData(null, false, false)]
    public void Certificates_come_from_PayPals_own_addresses_of_the_integrations_world(string? url, bool live, bool sandbox)
    {
        Assert.Equal(live ? new Uri(url!) : null, PayPalSignature.CertificateUrl(url, IntegrationMode.Live));
        Assert.Equal(sandbox ? new Uri(url!) : null, PayPalSignature.CertificateUrl(url, IntegrationMode.Sandbox));
    }

    [Fact]
    public void A_certificate_that_no_public_authority_has_issued_is_good_only_where_the_operator_points_elsewhere()
    {
        var (request, connection) = (Request(Genuine.First()), Connection(Genuine.First()));

        Assert.True(Receiver.IsGenuine(request, connection));
        Assert.False(Receiver.IsGenuine(request with { Key = request.Key! with { IsElsewhere = false } }, connection));
        Assert.All(["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"], text => Assert.False(
            Receiver.IsGenuine(request with { Key = new WebhookKey(Encoding.ASCII.GetBytes(text), IsElsewhere: true) }, connection)));
    }

    [Fact]
    public void A_certificate_is_trusted_under_its_root_and_in_its_time()
    {
        using var root = Issue("CN=Root", null, Noon.AddYears(-1), Noon.AddYears(9));
        using var other = Issue("CN=Root", null, Noon.AddYears(-1), Noon.AddYears(9));
        using var signer = Issue("CN=messageverificationcerts.paypal.com", root, Noon.AddDays(-1), Noon.AddDays(90));
        X509Certificate2Collection sent = [signer];

        Assert.True(PayPalCertificates.AreTrusted(sent, Noon, [root]));
        Assert.False(PayPalCertificates.AreTrusted(sent, Noon, [other]), "another root");
        Assert.False(PayPalCertificates.AreTrusted(sent, Noon, null), "no public root");
        Assert.False(PayPalCertificates.AreTrusted(sent, Noon.AddDays(91), [root]), "expired");
        Assert.False(PayPalCertificates.AreTrusted(sent, Noon.AddDays(-2), [root]), "not valid yet");
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        return issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, [1, 2, 3]);
    }
}
