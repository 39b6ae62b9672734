using System.CommandLine;
using Patchbay.Platform.Features;
using Patchbay.Platform.Api;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Shards.Moving;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>One shard, for the verbs.</summary>
internal sealed record ShardCore(string Name, HubCore Hub);

/// <summary>A tenant as one shard knows it.</summary>
internal sealed record TenantAt(ShardCore Shard, Tenant Tenant, TenantMove? Move);

/// <summary>All shards, for the verbs; without the setting there is one, <c>main</c>.</summary>
internal sealed class HubCores : IAsyncDisposable
{
    private HubCores(IReadOnlyList<ShardCore> all) => All = all;

    /// <summary>The main one first.</summary>
    public IReadOnlyList<ShardCore> All { get; }

    public HubCore Main => All[0].Hub;

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static HubCores Open(ParseResult parsed)
    {
        var main = HubCore.Open(parsed);
        return new HubCores([
            new ShardCore(ShardName.Main, main),
            .. main.Options.Shards.Keys.Order(StringComparer.Ordinal).Select(name => new ShardCore(name, main.On(name))),
        ]);
    }

    /// <summary>For verbs that look at what is there, or change it: opening a SQLite database that is not there would make it.</summary>
    /// <exception cref="RefusedException">A database is not there.</exception>
    /// <inheritdoc cref="Open"/>
    public static HubCores OpenExisting(ParseResult parsed)
    {
        var cores = Open(parsed);
        var missing = cores.All.Select(shard => shard.Hub.Options.Database)
            .Where(place => place.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase)).Select(place => place["sqlite:".Length..])
            .FirstOrDefault(file => !File.Exists(file));
        return missing is null ? cores : throw new RefusedException(
            $"There is no database at {Path.GetFullPath(missing)}. Say where it is with --data or --database; "
                + "patchbay migrate makes a new one.");
    }

    /// <param name="name">Null: the main one.</param>
    /// <exception cref="RefusedException">There is no such shard.</exception>
    public ShardCore Find(string? name) => All.FirstOrDefault(shard => shard.Name == (name ?? ShardName.Main))
        ?? throw new RefusedException(Error.NotFound(
            $"shard as '{name}'; there {(All.Count == 1 ? "is" : "are")} {string.Join(", ", All.Select(shard => shard.Name))}"));

    /// <summary>Every shard that has the tenant: during a move two.</summary>
    /// <param name="text">Id or name.</param>
    /// <exception cref="RefusedException">There is no such tenant, or the name is not enough to tell which.</exception>
    public async Task<IReadOnlyList<TenantAt>> FindTenantAsync(string text, CancellationToken cancellationToken)
    {
        var isId = TypeId.TryParse<TenantId>(text, out var id);
        var found = new List<TenantAt>();
        foreach (var shard in All)
        {
            var database = shard.Hub.Get<Database>();
            var tenant = isId
                ? await database.FindAsync(TenantTable.Instance, id, cancellationToken)
                : await database.FindAsync(   // command line scope: all tenants
                    "SELECT * FROM tenants WHERE name = @text", new { text }, TenantTable.Instance.Read, cancellationToken);
            if (tenant is not null)
                found.Add(new TenantAt(shard, tenant, (await TenantMover.FindAsync(database, tenant.Id, cancellationToken)).Move));
        }

        if (found.Count == 0)
            throw new RefusedException(Error.NotFound($"tenant as '{text}'"));
        return found.Select(one => one.Tenant.Id).Distinct().Count() == 1 ? found : throw new RefusedException(
            $"Several shards have a tenant '{text}'; give its id: {string.Join(" or ", found.Select(one => $"{one.Tenant.Id} on "
                + $"{one.Shard.Name}"))}.");
    }

    /// <summary>Where the tenant lives.</summary>
    /// <exception cref="RefusedException">There is no such tenant, or it is nowhere at the moment.</exception>
    public async Task<TenantAt> FindHomeAsync(string text, CancellationToken cancellationToken) =>
        (await FindTenantAsync(text, cancellationToken)).FirstOrDefault(at => at.Move is null)
        ?? throw new RefusedException(TenantErrors.IsMoving.With(
            $"'{text}' is being moved to another shard: wait for that, or finish it with patchbay tenants move."));

    public async ValueTask DisposeAsync()
    {
        foreach (var shard in All)
            await shard.Hub.DisposeAsync();
    }
}
