using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Vault;
using Patchbay.Server.Shards;

namespace Patchbay.Server.Http;

/// <summary>For load balancers: <c>/healthz</c> while the process runs, <c>/readyz</c> while it can take work.</summary>
internal static class Health
{
    /// <summary>A network that swallows packets gives no answer at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).ExcludeFromDescription();
        app.MapGet("/readyz", async (string? shard, IServiceProvider services, CancellationToken cancellationToken) =>
        {
            var (isReady, text) = await ReadinessAsync(shard, services, cancellationToken);
            return Results.Text(text, statusCode: isReady ? 200 : 503);
        }).ExcludeFromDescription();
    }

    /// <summary>
    /// With several shards this node is ready while it can work for any of them: all nodes see the outage of a shard, and taking them all
    /// out would make it the outage of every tenant. <c>?shard=NAME</c> asks for one alone.
    /// </summary>
    /// <param name="shard">Null: all of them.</param>
    /// <returns>Whether it can take work, and in words why not.</returns>
    public static async Task<(bool IsReady, string Text)> ReadinessAsync(
        string? shard, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<Draining>().HasBegun)
            return (false, "this node is stopping");
        if (services.GetService<ShardSet>() is { } shards)
            return await AnyReadyAsync(shards.All.Where(one => shard is null || one.Name == shard), cancellationToken);
        if (!services.GetRequiredService<Membership>().IsConfirmed)
            return (false, "this node is not confirmed");
        if (services.GetRequiredService<DatabaseOutage>().LongestWait > Shard.RecordPatience)
            return (false, Shard.NoRecords);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await services.GetRequiredService<MasterKeyProof>().CheckAsync(limit.Token);
            return (true, "ready");
        }
        catch (MasterKeyException)
        {
            return (false, Shard.KeyFault);
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            return (false, "the database does not answer");
        }
    }

    private static async Task<(bool IsReady, string Text)> AnyReadyAsync(IEnumerable<Shard> shards, CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(shards.Select(async one => (one.Name, Fault: await one.FaultAsync(cancellationToken))));
        return states.Length == 0
            ? (false, "there is no such shard")
            : (states.Any(state => state.Fault is null),
                string.Join('\n', states.Select(state => $"{state.Name}: {state.Fault ?? "ready"}")));
    }
}
