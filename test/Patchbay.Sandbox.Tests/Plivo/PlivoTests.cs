using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Plivo;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Plivo;

public sealed class PlivoTests
{
    private static readonly Secret Token = new(PlivoCalls.Token);

    [Fact]
    public void The_signatures_reproduce_the_known_vectors()
    {
        var form = FormFields.Parse(
            "From=14155550100&MessageUUID=5b40a428-bfc7-4daf-9d06-726c558bf3b8&Status=delivered&To=14155550123&Units=1");

        Assert.Equal("zUpTs6raX+pnVBz2D/cADlbrolfdMfGe74RS89JBEgs=",
            PlivoSignatures.V2(Token, "https://hooks.example.com/plivo/status?ref=0d3c6f0e", "05429567804466091622"));
        Assert.Equal(
            "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=", PlivoSignatures.V2(new Secret("my_auth_token"), "https://answer.url", "12345"));
        Assert.Equal("sqEqXvOMYwcruoCY9mrRqV1tUJPZfE8kdHYUgZH2h2w=",
            PlivoSignatures.V3(Token, "https://hooks.example.com/plivo/status?t=42", form, "31627761595286130198"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task A_message_is_accepted_and_its_receipts_are_signed_both_ways(string method)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var plivo = new PlivoCalls(sandbox);

        var accepted = await plivo.SendAsync(callback: sandbox.Receiver.Url + "?ref=msg_1", method: method);
        var callbacks = await sandbox.Receiver.WaitForAsync(2);
        var message = await plivo.GetAsync($"Message/{accepted.Json.GetProperty("message_uuid")[0]}/");

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal([("sent", "1"), ("delivered", "2")], callbacks.Select(one => (Field(one, "Status"), Field(one, "Sequence"))));
        Assert.All(callbacks, one => Assert.Equal(method, one.Method));
        Assert.All(callbacks, one => Assert.Equal(
            PlivoSignatures.V2(Token, one.Url, one.Headers["X-Plivo-Signature-V2-Nonce"]), one.Headers["X-Plivo-Signature-V2"]));
        Assert.All(callbacks, one => Assert.Equal(
            PlivoSignatures.V3(Token, one.Url, Form(one), one.Headers["X-Plivo-Signature-V3-Nonce"]), one.Headers["X-Plivo-Signature-V3"]));
        Assert.Equal(("delivered", "1"), (message["message_state"], message["units"]));
        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));

        IReadOnlyList<KeyValuePair<string, string>>? Form(Received one) => method == "GET" ? null : FormFields.Parse(one.Body);
        string? Field(Received one, string name) => (Form(one) ?? FormFields.Parse(new Uri(one.Url).Query.TrimStart('?'))).Find(name);
    }

    [Fact]
    public async Task The_list_filters_by_number_and_time_and_does_not_give_the_text_back()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var plivo = new PlivoCalls(sandbox);
        await plivo.SendAsync();
        await plivo.SendAsync("14155550177");

        var list = await plivo.GetAsync("Message/?to_number=14155550123&message_time__gte=2020-01-01%2000:00");

        Assert.Equal("14155550123", Assert.Single(list.Json.GetProperty("objects").EnumerateArray()).GetProperty("to_number").GetString());
        Assert.DoesNotContain("secret text", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_without_its_last_slash_is_not_found()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await new PlivoCalls(sandbox).GetAsync("Message")).Status);
    }
}
