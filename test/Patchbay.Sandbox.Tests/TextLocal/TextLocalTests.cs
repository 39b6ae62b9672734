using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.TextLocal;

public sealed class TextLocalTests
{
    [Fact]
    public async Task A_message_is_taken_and_its_receipt_names_the_callers_id_and_not_the_vendors()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var taken = await new TextLocalCalls(sandbox).SendAsync(
            callback: sandbox.Receiver.Url + "?ref=msg_1", text: new string('x', 161), test: "true");
        var receipt = (await sandbox.Receiver.WaitForAsync(1))[0];

        Assert.Equal((HttpStatusCode.OK, "success", "msg_1", "2"), (taken.Status, taken["status"], taken["custom"], taken["cost"]));
        Assert.True(taken.Json.GetProperty("test_mode").GetBoolean());
        Assert.Equal(2, taken.Json.GetProperty("message").GetProperty("num_parts").GetInt32());
        var message = taken.Json.GetProperty("messages")[0];
        Assert.Equal(447123456789, message.GetProperty("recipient").GetInt64());
        Assert.Equal("?ref=msg_1", new Uri(receipt.Url).Query);
        var fields = FormFields.Parse(receipt.Body);
        Assert.Equal(["number", "status", "customID", "datetime"], fields.Select(field => field.Key));
        Assert.Equal(("447123456789", "D", "msg_1"), (fields.Find("number"), fields.Find("status"), fields.Find("customID")));
        Assert.DoesNotContain(message.GetProperty("id").GetString()!, receipt.Body, StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));
    }

    [Theory]
    [InlineData("14155550004", "B")]
    [InlineData("14155550010", "U")]
    [InlineData("14155550011", "E")]
    [InlineData("14155550012", "?")]
    [InlineData("14155550014", "I")]
    public async Task A_receipt_tells_why_a_message_did_not_arrive(string to, string status)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new TextLocalCalls(sandbox).SendAsync(to, sandbox.Receiver.Url.ToString());

        Assert.Equal(status, FormFields.Parse((await sandbox.Receiver.WaitForAsync(1))[0].Body).Find("status"));
    }

    [Fact]
    public async Task What_stands_for_a_bad_signature_is_a_wrong_address()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add(new(FaultKind.WebhookBadSignature) { Provider = "textlocal" });

        await new TextLocalCalls(sandbox).SendAsync(callback: sandbox.Receiver.Url + "?token=ab0");

        Assert.Equal("?token=ab1", new Uri((await sandbox.Receiver.WaitForAsync(1))[0].Url).Query);
    }

    [Theory]
    [InlineData("+447123456789", "Hello", "Jims Autos", 32)]
    [InlineData("14155550001", "Hello", "Jims Autos", 32)]
    [InlineData("", "Hello", "Jims Autos", 4)]
    [InlineData("447123456789", "", "Jims Autos", 5)]
    [InlineData("447123456789", "LONG", "Jims Autos", 6)]
    [InlineData("447123456789", "Hello", "", 44)]
    [InlineData("447123456789", "Hello", "Jims Autos Ltd", 43)]
    public async Task What_is_wrong_is_refused_with_a_good_status(string to, string text, string sender, int code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new TextLocalCalls(sandbox).SendAsync(
            to, text: text == "LONG" ? new string('x', 767) : text, sender: sender);

        Assert.Equal((HttpStatusCode.OK, "failure", code), (refused.Status, refused["status"], CodeOf(refused)));
    }

    [Theory]
    [InlineData("balance/", "a-wrong-key", 3)]
    [InlineData("balance/", null, 3)]
    [InlineData("get_history_api/", "another-key-1", 2)]
    public async Task Who_has_no_key_or_asks_for_what_is_not_there_is_told_so_in_the_body(string command, string? key, int code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new TextLocalCalls(sandbox).PostAsync(command, new FormBody { { "apikey", key } });

        Assert.Equal((HttpStatusCode.OK, code), (refused.Status, CodeOf(refused)));
    }

    private static int CodeOf(Answer refused) => refused.Json.GetProperty("errors")[0].GetProperty("code").GetInt32();
}
