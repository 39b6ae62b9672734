using System.CommandLine;
using System.Globalization;
using Patchbay.Hosting;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Shards.Moving;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>tenants move</c>.</summary>
internal sealed class MoveTenantCommand : Verb
{
    private readonly Option<string?> _tenant = TenantName.Option(required: true);

    private readonly Option<string> _to =
        new("--to") { Description = "The shard to move to: main, or a name under Patchbay:Shards.", HelpName = "SHARD", Required = true };

    private readonly Option<double> _wait = new("--wait")
    {
        Description = "Seconds that the nodes may take to finish the tenant's calls under way.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 120,
    };

    public MoveTenantCommand()
        : base(
            "move",
            "Move a tenant with all its data to another shard. Meanwhile its requests are answered with 503 and Retry-After. After an "
            + "interruption run it again; "
            + "giving the shard that it comes from gives up a move that has not finished.",
            "patchbay tenants move --tenant acme --to east")
    {
        Options.Add(_tenant);
        Options.Add(_to);
        Options.Add(_wait);
        Options.Add(CommonOptions.Json);
        _wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
                result.AddError("--wait must be more than 0 and at most 86400 seconds.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.OpenExisting(parsed);
        var to = hub.Find(parsed.GetRequiredValue(_to));
        foreach (var shard in hub.All)
            await shard.Hub.Get<Migrator>().MigrateAsync(cancellationToken);
        var found = await hub.FindTenantAsync(parsed.GetRequiredValue(_tenant)!, cancellationToken);
        var from = From(found, to.Name);
        var tenant = from.Tenant;
        var lines = parsed.GetValue(CommonOptions.Json) ? TextWriter.Null : parsed.InvocationConfiguration.Output;
        if (from.Shard.Name != to.Name)
        {
            await Mover(from.Shard, to, lines).RunAsync(tenant.Id, TimeSpan.FromSeconds(parsed.GetValue(_wait)), cancellationToken);
            Output.Print(parsed, new { tenant = tenant.Id.ToString(), from = from.Shard.Name, to = to.Name }, output =>
                output.WriteLine($"{tenant.Id} ({tenant.Name}) lives on {to.Name} now."));
            return ExitCode.Done;
        }

        if (from.Move is not { } move)
            throw new RefusedException($"{tenant.Name} already lives on {to.Name}.");
        await Mover(from.Shard, hub.Find(move.Other), lines).AbandonAsync(tenant.Id, cancellationToken);
        Output.Print(parsed, new { tenant = tenant.Id.ToString(), from = to.Name, to = to.Name }, output =>
            output.WriteLine($"The move was given up; {tenant.Id} ({tenant.Name}) lives on {to.Name} as before."));
        return ExitCode.Done;
    }

    /// <summary>The shard whose rows are the true ones, or one that has still to be cleared on the way to the same target.</summary>
    private static TenantAt From(IReadOnlyList<TenantAt> found, string to) =>
        found.FirstOrDefault(at => at.Move?.Phase == MovePhase.Leaving)
        ?? found.FirstOrDefault(at => at.Move is { Phase: MovePhase.Left } move && move.Other == to)
        ?? found.FirstOrDefault(at => at.Move is null)
        ?? found[0];

    private static TenantMover Mover(ShardCore from, ShardCore to, TextWriter lines) => new(
        End(from), End(to), from.Hub.Get<IdGenerator>(), from.Hub.Get<TimeProvider>(), new ConsoleProgress(lines).Report);

    private static MoveEnd End(ShardCore shard) => new(shard.Name, shard.Hub.Get<Database>(), shard.Hub.Get<Ledger>());

    /// <summary>A line for each step, and now and then for a table that takes longer.</summary>
    private sealed class ConsoleProgress(TextWriter lines)
    {
        private const long Every = 20_000;

        private MoveStep? _last;

        public void Report(MoveProgress progress)
        {
            var stepped = progress.Step != _last && progress.Table is null;
            _last = progress.Step;
            var text = progress switch
            {
                { Step: MoveStep.Mark } => "requests of the tenant are answered with 503 from now on",
                { Step: MoveStep.Drain } => "waiting for calls under way",
                { Step: MoveStep.Announce } => "copying",
                { Step: MoveStep.Verify } => string.Create(CultureInfo.InvariantCulture, $"  {progress.Table}: {progress.Rows:N0} rows"),
                { Step: MoveStep.Copy, Rows: > 0 } when progress.Rows % Every == 0 =>
                    string.Create(CultureInfo.InvariantCulture, $"  {progress.Table}: {progress.Rows:N0} of {progress.Of:N0}"),
                { Step: MoveStep.Leave } => "the copy is whole",
                { Step: MoveStep.Activate } => "requests of the tenant are served again",
                { Step: MoveStep.Remove, Table: null } => "removing what was left behind",
                _ => null,
            };
            if (text is not null && (stepped || progress.Table is not null))
                lines.WriteLine(text);
        }
    }
}
