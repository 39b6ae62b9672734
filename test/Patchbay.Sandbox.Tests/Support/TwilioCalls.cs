using System.Net.Http.Headers;
using System.Text;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>Speaks to the sandbox as a Twilio client does.</summary>
internal sealed class TwilioCalls(
    SandboxUnderTest sandbox, string sid = TwilioCalls.Sid, string? user = null, string password = TwilioCalls.Token)
{
    public const string Sid = "AC0123456789abcdef0123456789abcdef";
    public const string Token = "0123456789abcdef0123456789abcdef";
    public const string Somebody = "+14155550123";

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, TestContext.Current.CancellationToken);

    public Task<Answer> SendAsync(string to = Somebody, string body = "Your order has shipped", Uri? callback = null,
        CancellationToken? until = null, string from = "+14155550100")
    {
        var form = new List<KeyValuePair<string, string>> { new("To", to), new("From", from), new("Body", body) };
        if (callback is not null)
            form.Add(new("StatusCallback", callback.OriginalString));
        return SendAsync(HttpMethod.Post, $"Accounts/{sid}/Messages.json", form, until ?? TestContext.Current.CancellationToken);
    }

    private async Task<Answer> SendAsync(
        HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(sandbox.Server.UrlOf("twilio"), "2010-04-01/" + path));
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user ?? sid}:{password}")));
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form);
        return await Answer.OfAsync(await sandbox.Http.SendAsync(request, cancellationToken));
    }
}
