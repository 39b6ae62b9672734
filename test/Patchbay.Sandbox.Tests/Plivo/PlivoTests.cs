using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Plivo;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Plivo;

public sealed class PlivoTests
{
    private static readonly Secret Token = new(PlivoCalls.Token);

    [Fact]
    public void The_v2_signature_reproduces_the_known_vectors()
    {
        Assert.Equal("zUpTs6raX+pnVBz2D/cADlbrolfdMfGe74RS89JBEgs=",
            PlivoSignatures.V2(Token, "https://hooks.example.com/plivo/status?ref=0d3c6f0e", "05429567804466091622"));
        Assert.Equal(
            "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=", PlivoSignatures.V2(new Secret("my_auth_token"), "https://answer.url", "12345"));
    }

    [Fact]
    public void The_v3_signature_reproduces_the_known_vector()
    {
        var form = FormFields.Parse(
            "From=14155550100&MessageUUID=5b40a428-bfc7-4daf-9d06-726c558bf3b8&Status=delivered&To=14155550123&Units=1");

        Assert.Equal("sqEqXvOMYwcruoCY9mrRqV1tUJPZfE8kdHYUgZH2h2w=",
            PlivoSignatures.V3(Token, "https://hooks.example.com/plivo/status?t=42", form, "31627761595286130198"));
    }

    [Fact]
    public async Task A_message_is_accepted_and_its_receipts_are_signed_both_ways()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var plivo = new PlivoCalls(sandbox);

        var accepted = await plivo.SendAsync(callback: new Uri(sandbox.Receiver.Url + "?ref=msg_1"));
        var id = accepted.Json.GetProperty("message_uuid")[0].GetString()!;
        var callbacks = await sandbox.Receiver.WaitForAsync(2);
        var message = await plivo.GetAsync($"Message/{id}/");

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal([("sent", "1"), ("delivered", "2")],
            callbacks.Select(one => (FormFields.Parse(one.Body).Find("Status")!, FormFields.Parse(one.Body).Find("Sequence")!)));
        Assert.All(callbacks, one => Assert.Equal(
            PlivoSignatures.V2(Token, one.Url, one.Headers["X-Plivo-Signature-V2-Nonce"]), one.Headers["X-Plivo-Signature-V2"]));
        Assert.All(callbacks, one => Assert.Equal(PlivoSignatures.V3(
            Token, one.Url, FormFields.Parse(one.Body), one.Headers["X-Plivo-Signature-V3-Nonce"]), one.Headers["X-Plivo-Signature-V3"]));
        Assert.Equal("delivered", message["message_state"]);
        Assert.Equal("1", message["units"]);
        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));
    }

    [Fact]
    public async Task Callbacks_can_come_by_get()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new PlivoCalls(sandbox).SendAsync(callback: new Uri(sandbox.Receiver.Url + "?ref=msg_1"), method: "GET");
        var first = (await sandbox.Receiver.WaitForAsync(2))[0];

        Assert.Equal("GET", first.Method);
        Assert.Equal("sent", FormFields.Parse(new Uri(first.Url).Query.TrimStart('?')).Find("Status"));
        Assert.Equal(
            PlivoSignatures.V3OfGet(Token, first.Url, first.Headers["X-Plivo-Signature-V3-Nonce"]), first.Headers["X-Plivo-Signature-V3"]);
    }

    [Fact]
    public async Task The_list_filters_by_number_and_time_and_does_not_give_the_text_back()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var plivo = new PlivoCalls(sandbox);
        await plivo.SendAsync("14155550123", "secret text");
        await plivo.SendAsync("14155550177");

        var list = await plivo.GetAsync(
            "Message/?message_direction=outbound&to_number=14155550123&message_time__gte=2020-01-01%2000:00&limit=20&offset=0");

        Assert.Equal("1", list.Json.GetProperty("meta").GetProperty("total_count").ToString());
        Assert.Equal("14155550123", list.Json.GetProperty("objects")[0].GetProperty("to_number").GetString());
        Assert.DoesNotContain("secret text", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new PlivoCalls(sandbox).SendAsync("14155550001");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("not a valid phone number", refused["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undelivered_message_carries_plivos_code()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new PlivoCalls(sandbox).SendAsync("14155550010", callback: sandbox.Receiver.Url);

        Assert.Equal("80", FormFields.Parse((await sandbox.Receiver.WaitForAsync(2))[1].Body).Find("ErrorCode"));
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_and_right_ones_see_the_account()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new PlivoCalls(sandbox, "wrong").GetAsync("");
        var account = await new PlivoCalls(sandbox).GetAsync("");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.NotNull(refused["error"]);
        Assert.Equal(PlivoCalls.AuthId, account["auth_id"]);
    }

    [Fact]
    public async Task A_path_without_its_last_slash_is_not_found()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await new PlivoCalls(sandbox).GetAsync("Message")).Status);
    }
}
