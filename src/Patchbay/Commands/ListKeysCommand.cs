using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Keys;
using Spectre.Console;

namespace Patchbay.Commands;

/// <summary><c>keys list</c>: never shows a secret, only its hint.</summary>
internal sealed class ListKeysCommand : Verb
{
    private readonly Option<string?> _tenant = TenantName.Option(required: true);

    public ListKeysCommand()
        : base("list", "List a tenant's newest 1000 keys, those that no longer work included.", "patchbay keys list --tenant acme")
    {
        Options.Add(_tenant);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.OpenExisting(parsed);
        var home = await hub.FindHomeAsync(parsed.GetRequiredValue(_tenant)!, cancellationToken);
        var now = hub.Main.Get<TimeProvider>().GetUtcNow();
        var keys = (await home.Shard.Hub.Get<ApiKeyCreation>().ListAsync(home.Tenant.Id, cancellationToken))
            .Select(key => ApiKeyView.From(key, now)).ToArray();
        Output.Print(parsed, keys, output =>
        {
            var table = new Table().Border(TableBorder.Rounded)
                .AddColumns("Id", "Name", "Hint", "Status", "Permissions", "Expires", "Last used");
            foreach (var key in keys)
            {
                table.AddRow(new[]
                {
                    key.Id.ToString(), key.Name, key.Hint, key.Status.ToString(), string.Join(' ', key.Permissions),
                    Day(key.ExpiresAt) ?? "never", Day(key.LastUsedAt) ?? "-",
                }.Select(text => new Text(text)));
            }

            Screen.On(output).Write(table);
        });
        return ExitCode.Done;
    }

    private static string? Day(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
