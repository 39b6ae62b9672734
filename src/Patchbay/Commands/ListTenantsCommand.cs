using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;
using Spectre.Console;

namespace Patchbay.Commands;

/// <summary><c>tenants list</c>: over all shards.</summary>
internal sealed class ListTenantsCommand : Verb
{
    private const int Limit = 10_000;

    public ListTenantsCommand()
        : base("list", $"List the tenants with the shard that each lives on, the newest {Limit} of each shard.", "patchbay tenants list",
            "patchbay tenants list --shard east --json")
    {
        Options.Add(new Option<string?>("--shard") { Description = "Only those of one shard.", HelpName = "NAME" });
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.OpenExisting(parsed);
        var shards = parsed.GetValue<string?>("--shard") is { } name ? [hub.Find(name)] : hub.All;
        var tenants = new List<TenantLine>();
        foreach (var shard in shards)
        {
            tenants.AddRange(await shard.Hub.Get<Database>().QueryAsync(
                "SELECT t.*, m.phase AS phase, m.other AS other FROM tenants AS t LEFT JOIN tenant_moves AS m ON m.tenant_id = t.id " +
                "WHERE t.id > @platform ORDER BY t.id DESC LIMIT @Limit",   // command line scope: all tenants
                new { platform = PlatformTenant.Id, Limit },
                row => Line(shard.Name, TenantTable.Instance.Read(row), row.FindText("phase"), row.FindText("other")), cancellationToken));
        }

        Output.Print(parsed, tenants, output =>
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Id", "Name", "Shard", "Move");
            foreach (var tenant in tenants)
                table.AddRow(new Text(tenant.Id), new Text(tenant.Name), new Text(tenant.Shard), new Text(tenant.Move ?? ""));
            Screen.On(output).Write(table);
        });
        return ExitCode.Done;
    }

    private static TenantLine Line(string shard, Tenant tenant, string? phase, string? other) => new(
        tenant.Id.ToString(), tenant.Name, shard, tenant.CreatedAt,
        phase is null ? null : phase == MovePhase.Arriving.ToWord() ? $"arriving from {other}" : $"{phase} to {other}");

    private sealed record TenantLine(string Id, string Name, string Shard, DateTimeOffset CreatedAt, string? Move);
}
