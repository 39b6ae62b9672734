using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Messages;

/// <summary>What waited while the hub was down goes out as if it had not been.</summary>
public sealed class RestartTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_provider_is_told_the_address_at_which_the_hub_listens_and_its_receipts_arrive()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var sandbox = await SandboxServer.StartAsync(new HubHostOptions().SandboxOptions, _ct);
        string key;
        var waiting = new List<string>();
        await using (var shop = await Shop.OpenAsync(database.Setting, _ct, options => options.Sandbox = sandbox))
        {
            key = shop.Client.DefaultRequestHeaders.Authorization!.Parameter!;
            await shop.Client.PostJsonAsync($"/api/v1/integrations/{shop.Twilio}/incident", new { active = true });
            for (var i = 0; i < 20; i++)
            {
                var sms = new { channel = "sms", to = "+14155550123", body = "Hello", integration_id = shop.Twilio };
                waiting.Add((await shop.Client.PostJsonAsync("/api/v1/messages", sms)).Text("id")!);
            }

            var inside = shop.Hub.Services.GetRequiredService<Database>();
            await using var write = await inside.BeginWriteAsync(_ct);
            await inside.ExecuteAsync(write, "UPDATE integrations SET held = @no", new { no = false }, _ct);
            await write.CommitAsync(_ct);
        }

        await using var hub = await HubHost.StartAsync(database.Setting, options => options.Sandbox = sandbox, _ct);
        using var client = hub.Client(key);
        foreach (var id in waiting)
        {
            await Eventually.BecomesAsync(
                async () => (await client.GetJsonAsync($"/api/v1/messages/{id}")).Text("status") == "delivered",
                TimeSpan.FromSeconds(20), _ct);
        }
    }
}
