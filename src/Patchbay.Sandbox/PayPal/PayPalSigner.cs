using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.PayPal;

/// <summary>Signs webhooks as PayPal does, with a certificate of this run's own, and shows the certificate.</summary>
internal sealed class PayPalSigner(SandboxWorld world)
{
    public const string CertificatePath = "/v1/notifications/certs/{name}";

    private readonly Lazy<X509Certificate2> _certificate = new(() =>
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=messageverificationcerts.sandbox.paypal.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(world.Now.AddDays(-1), world.Now.AddYears(1));
    });

    /// <summary>It names the certificate where PayPal's are: a hub that is pointed here looks for it here.</summary>
    public void Sign(HttpRequestMessage request, byte[] body, string webhookId)
    {
        var (id, at) = (world.Ids.Uuid(), world.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        using var key = _certificate.Value.GetRSAPrivateKey()!;
        var signature = key.SignData(
            Encoding.UTF8.GetBytes($"{id}|{at}|{webhookId}|{Signatures.Crc32(body)}"), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        request.Headers.Add("PAYPAL-TRANSMISSION-ID", id);
        request.Headers.Add("PAYPAL-TRANSMISSION-TIME", at);
        request.Headers.Add("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(signature));
        request.Headers.Add("PAYPAL-AUTH-ALGO", "SHA256withRSA");
        request.Headers.Add("PAYPAL-CERT-URL", "https://api.sandbox.paypal.com/v1/notifications/certs/" + Name);
    }

    private string Name => "CERT-" + _certificate.Value.Thumbprint[..16];

    public Task ShowAsync(HttpContext http)
    {
        if ((string?)http.Request.RouteValues["name"] != Name)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/x-pem-file";
        return http.Response.WriteAsync(_certificate.Value.ExportCertificatePem(), http.RequestAborted);
    }
}
