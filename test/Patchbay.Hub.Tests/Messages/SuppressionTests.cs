using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Messages;

/// <summary>Who is on the list is not written to, by whichever provider, unless the caller says that it must be.</summary>
public abstract class SuppressionTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private const string OptsOut = "+14155550004";

    [Fact]
    public async Task Who_is_on_the_list_is_not_written_to_until_they_are_taken_off_it()
    {
        await SendAsync("+14155550777");   // the list is known to be empty
        var added = await Shop.Client.PostJsonAsync(
            "/api/v1/suppressions", new { channel = "sms", recipient = "+14155550123", reason = "complaint", note = "By phone." });
        var again = await Shop.Client.PostJsonAsync("/api/v1/suppressions", new { channel = "sms", recipient = "+14155550123" });

        var kept = await BecomesAsync(await SendAsync("+14155550123"), "suppressed");
        var other = await BecomesAsync(await SendAsync("+14155550124"), "delivered");
        var lifted = await Shop.Client.DeleteJsonAsync($"/api/v1/suppressions/{added.Text("id")}");
        await BecomesAsync(await SendAsync("+14155550123"), "delivered");

        Assert.Equal((201, 200, added.Text("id")), ((int)added.Status, (int)again.Status, again.Text("id")));
        Assert.Equal(("opted_out", "recipient_suppressed"), (kept.Text("failure_reason"), kept.Text("failure_code")));
        Assert.Contains(added.Text("id")!, kept.Text("failure_message"), StringComparison.Ordinal);
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.MessagesFor(kept.Text("id")!));
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.MessagesFor(other.Text("id")!));
        Assert.Equal(200, (int)lifted.Status);
        Assert.Equal(404, (int)(await Shop.Client.DeleteJsonAsync($"/api/v1/suppressions/{added.Text("id")}")).Status);
        Assert.Equal(["suppression.added", "suppression.lifted"], await Shop.EventsAsync(added.Text("id")!, Token));
    }

    [Fact]
    public async Task Who_opts_out_at_one_provider_is_not_written_to_by_another()
    {
        var refused = await BecomesAsync(await SendAsync(OptsOut), "suppressed");
        var entered = (await Shop.Client.GetJsonAsync($"/api/v1/suppressions?recipient={Uri.EscapeDataString(OptsOut)}"))["data"][0];
        await Task.Delay(TimeSpan.FromSeconds(1), Token);   // as long as an empty list is remembered
        var next = await BecomesAsync(await SendAsync(OptsOut, new { integration_id = Shop.Plivo }), "suppressed");

        Assert.NotEqual("recipient_suppressed", refused.Text("failure_code"));
        Assert.Equal(("opted_out", refused.Text("integration_id")), (entered.Text("reason"), entered.Text("source")));
        Assert.Equal("recipient_suppressed", next.Text("failure_code"));
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.MessagesFor(next.Text("id")!));
    }

    [Fact]
    public async Task What_the_law_demands_goes_out_all_the_same()
    {
        await Shop.Client.PostJsonAsync("/api/v1/suppressions", new { channel = "sms", recipient = "+14155550125" });

        await BecomesAsync(await SendAsync("+14155550125", new { override_suppression = true }), "delivered");
    }

    [Fact]
    public async Task Many_are_entered_at_once_or_nobody()
    {
        string[] many = ["+14155550126", "+14155550127", "+14155550126"];

        var wrong = await Shop.Client.PostJsonAsync(
            "/api/v1/suppressions/import", new { channel = "sms", recipients = new[] { "+14155550128", "nobody" } });
        var first = await Shop.Client.PostJsonAsync(
            "/api/v1/suppressions/import", new { channel = "sms", recipients = many, reason = "opted_out" });
        var second = await Shop.Client.PostJsonAsync(
            "/api/v1/suppressions/import", new { channel = "sms", recipients = many.Append("+14155550129") });

        Assert.Equal(422, (int)wrong.Status);
        Assert.True(wrong["errors"].TryGetProperty("recipients[1]", out _), wrong.ToString());
        Assert.Equal((2, 0), (first["added"].GetInt32(), first["known"].GetInt32()));
        Assert.Equal((1, 2), (second["added"].GetInt32(), second["known"].GetInt32()));
        var listed = (await Shop.Client.GetJsonAsync("/api/v1/suppressions?channel=sms&reason=opted_out"))["data"];
        Assert.Equal(many.Distinct().Order(), listed.EnumerateArray().Select(one => one.Text("recipient")!).Order());
    }

    private async Task<string> SendAsync(string to, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new { channel = "sms", to, body = "Your order has shipped" })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            body[name] = value?.DeepClone();
        var sent = await Shop.Client.PostJsonAsync("/api/v1/messages", body);
        Assert.True((int)sent.Status == 202, sent.ToString());
        return sent.Text("id")!;
    }

    private Task<HubReply> BecomesAsync(string message, string status) => Shop.BecomesAsync($"/api/v1/messages/{message}", status);
}

public sealed class SqliteSuppressionTests(HubDatabases databases) : SuppressionTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlSuppressionTests(HubDatabases databases) : SuppressionTests(databases, TestDatabases.PostgreSql);
