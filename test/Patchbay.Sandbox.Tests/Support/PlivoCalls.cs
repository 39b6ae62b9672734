using System.Net.Http.Json;

namespace Patchbay.Sandbox.Tests.Support;

internal sealed class PlivoCalls(SandboxUnderTest sandbox)
    : VendorCalls(sandbox, "plivo", $"v1/Account/{AuthId}/", Basic(AuthId, Token))
{
    public const string Token = "MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx";
    private const string AuthId = "MAMJY0ZTQ1YTRJNDG1NT";

    public Task<Answer> SendAsync(string to = "14155550123", string? callback = null, string method = "POST") => CallAsync(
        HttpMethod.Post, "Message/", JsonContent.Create(new { src = "14155550100", dst = to, text = "secret text", url = callback, method }));
}
