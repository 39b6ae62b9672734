using System.Globalization;

namespace Patchbay.Sandbox.Tests.Support;

internal sealed class TwilioCalls(
    SandboxUnderTest sandbox, string sid = TwilioCalls.Sid, string? user = null, string password = TwilioCalls.Token)
    : VendorCalls(sandbox, "twilio", "2010-04-01/", Basic(user ?? sid, password))
{
    public const string Sid = "AC0123456789abcdef0123456789abcdef";
    public const string Token = "0123456789abcdef0123456789abcdef";
    public const string Somebody = "+14155550123";

    public Task<Answer> SendAsync(string to = Somebody, string body = "Your order has shipped", Uri? callback = null,
        CancellationToken? until = null, string from = "+14155550100")
    {
        var form = new List<KeyValuePair<string, string>> { new("To", to), new("From", from), new("Body", body) };
        if (callback is not null)
            form.Add(new("StatusCallback", callback.OriginalString));
        return CallAsync(HttpMethod.Post, $"Accounts/{sid}/Messages.json", new FormUrlEncodedContent(form), until: until);
    }

    public Task<Answer> ScheduleAsync(string body, DateTimeOffset at) => CallAsync(
        HttpMethod.Post, $"Accounts/{sid}/Messages.json", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["To"] = Somebody, ["MessagingServiceSid"] = "MG" + Token, ["Body"] = body,
            ["ScheduleType"] = "fixed", ["SendAt"] = at.ToString("o", CultureInfo.InvariantCulture),
        }));

    public Task<Answer> CancelAsync(string message) => CallAsync(
        HttpMethod.Post, $"Accounts/{sid}/Messages/{message}.json",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["Status"] = "canceled" }));
}
