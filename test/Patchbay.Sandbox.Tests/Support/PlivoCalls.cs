using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>Speaks to the sandbox as a Plivo client does.</summary>
internal sealed class PlivoCalls(SandboxUnderTest sandbox, string password = PlivoCalls.Token)
{
    public const string AuthId = "MAMJY0ZTQ1YTRJNDG1NT";
    public const string Token = "MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx";

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> SendAsync(
        string to = "14155550123", string text = "Your order has shipped", Uri? callback = null, string method = "POST") =>
        SendAsync(
            HttpMethod.Post, "Message/", new { src = "14155550100", dst = to, text, type = "sms", url = callback?.OriginalString, method });

    private async Task<Answer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(sandbox.Server.UrlOf("plivo"), $"v1/Account/{AuthId}/{path}"));
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AuthId}:{password}")));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Answer.OfAsync(await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
