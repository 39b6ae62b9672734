using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>The key is in the form, so that no header is needed; one that is there does not count.</summary>
internal sealed class TextLocalCalls(SandboxUnderTest sandbox) : VendorCalls(sandbox, "textlocal", "", Basic("nobody", "wrong"))
{
    private const string Key = "NTA0ZjQ4/+Yt-4c5d6e7f8a9b0c1==";

    public Task<Answer> SendAsync(
        string to = "447123456789", string? callback = null, string text = "Your order 1001 has shipped", string sender = "Jims Autos",
        string key = Key, string? test = null) => PostAsync("send/", new FormBody
        {
            { "apikey", key }, { "numbers", to }, { "sender", sender }, { "message", text }, { "custom", "msg_1" },
            { "receipt_url", callback }, { "test", test },
        });

    public Task<Answer> PostAsync(string command, FormBody form) => CallAsync(HttpMethod.Post, command, form.ToContent());
}
