using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Integrations;

public sealed class SecretsStayInsideTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_providers_secret_is_in_no_answer_no_log_line_and_no_row()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var shop = await Shop.OpenAsync(database.Setting, _ct);
        var answers = new List<string>();
        const string Token = "5ec2e75ec2e75ec2e75ec2e75ec2e70a";
        const string Mistyped = "sk_mistyped_5ec2e7";

        // All ways a secret goes in, and what is done with it: verified, refused, called with, signed with, failed with.
        var twilio = Keep(await shop.Client.PostJsonAsync("/api/v1/integrations", new
        {
            provider = "twilio", mode = "sandbox",
            credentials = new { account_sid = "AC5ec2e70123456789abcdef0123456789", auth_token = Token, from_number = "+14155550100" },
        }, "with a key", TimeSpan.FromSeconds(5))).Text("id")!;
        await shop.BecomesAsync($"/api/v1/integrations/{twilio}", "active");
        Assert.Equal(
            422, (int)Keep(await shop.Client.PatchJsonAsync(
                $"/api/v1/integrations/{shop.Stripe}", new { credentials = new { secret_key = Mistyped } })).Status);
        Keep(await shop.Client.PatchJsonAsync($"/api/v1/integrations/{twilio}", new { credentials = new { auth_token_previous = Token } }));
        await shop.BecomesAsync($"/api/v1/integrations/{twilio}", "active");
        Keep(await shop.Client.PostJsonAsync($"/api/v1/integrations/{twilio}/test"));
        var payment = await shop.PaidAsync("30.00");
        shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Provider = "twilio", Status = 401, Count = 1 });
        var refused = Keep(await SendAsync(shop, twilio)).Text("id")!;
        await shop.BecomesAsync($"/api/v1/messages/{refused}", "failed");
        var sent = Keep(await SendAsync(shop, twilio)).Text("id")!;
        await shop.BecomesAsync($"/api/v1/messages/{sent}", "delivered");
        foreach (var path in new[] { "integrations", "integrations/providers", "deliveries", "payments", "messages", "inbox", "audit",
            $"payments/{payment}" })
            Keep(await shop.Client.GetJsonAsync("/api/v1/" + path));
        foreach (var subject in new[] { payment, refused, sent, twilio })
            answers.Add((await shop.DeliveryOfAsync(subject)).ToString());

        await NoneAsync(
            shop, answers,
            Token, Mistyped, Shop.StripeKey, Shop.WebhookSecret,
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"AC5ec2e70123456789abcdef0123456789:{Token}")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Shop.StripeKey + ":")));

        HubReply Keep(HubReply reply)
        {
            answers.Add(reply.ToString());
            return reply;
        }
    }

    private async Task NoneAsync(Shop shop, List<string> answers, params string[] secrets)
    {
        var (cells, rows) = await CellsAsync(shop.Hub.Services.GetRequiredService<Database>());
        Assert.True(rows > 50, $"only {rows} rows were looked at");
        Assert.Contains(cells, cell => cell.Contains("Messages.json", StringComparison.Ordinal));   // excerpts are among them
        foreach (var secret in secrets)
        {
            Assert.All(answers, answer => Assert.DoesNotContain(secret, answer, StringComparison.OrdinalIgnoreCase));
            Assert.All(
                shop.Hub.Log.Lines, line => Assert.DoesNotContain(secret, line.Text + line.Exception, StringComparison.OrdinalIgnoreCase));
            Assert.All(cells, cell => Assert.DoesNotContain(secret, cell, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static Task<HubReply> SendAsync(Shop shop, string twilio) =>
        shop.Client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", integration_id = twilio });

    /// <summary>Every cell of every table as text, with its table and column in front; bytes as the letters they would be.</summary>
    private async Task<(IReadOnlyList<string> Cells, int Rows)> CellsAsync(Database database)
    {
        await using var connection = await database.ConnectAsync(_ct);
        await using var command = connection.CreateCommand();
        var tables = new List<string>();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using (var reader = await command.ExecuteReaderAsync(_ct))
        {
            while (await reader.ReadAsync(_ct))
                tables.Add(reader.GetString(0));
        }

        var cells = new List<string>();
        var rows = 0;
        foreach (var table in tables)
        {
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(_ct);
            while (await reader.ReadAsync(_ct))
            {
                rows++;
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    var value = reader.GetValue(i) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : reader.GetValue(i);
                    cells.Add($"{table}.{reader.GetName(i)}: {value}");
                }
            }
        }

        return (cells, rows);
    }
}
