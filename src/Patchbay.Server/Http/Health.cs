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
        app.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    /// <summary>
    /// With several shards this node is ready while it can work for any of them: all nodes see the outage of a shard, and taking them all
    /// out would make it the outage of every tenant. <c>?shard=NAME</c> asks for one alone.
    /// </summary>
    private static async Task<IResult> ReadyAsync(string? shard, MasterKeyProof proof, Membership membership,
        DatabaseOutage outage, Draining draining, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (draining.HasBegun)
            return Results.Text("this node is stopping", statusCode: 503);
        if (services.GetService<ShardSet>() is { } shards)
            return await AnyReadyAsync(shards.All.Where(one => shard is null || one.Name == shard), cancellationToken);
        if (!membership.IsConfirmed)
            return Results.Text("this node is not confirmed", statusCode: 503);
        if (outage.LongestWait > Shard.RecordPatience)
            return Results.Text(Shard.NoRecords, statusCode: 503);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await proof.CheckAsync(limit.Token);
            return Results.Text("ready");
        }
        catch (MasterKeyException)
        {
            return Results.Text(Shard.KeyFault, statusCode: 503);
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            return Results.Text("the database does not answer", statusCode: 503);
        }
    }

    private static async Task<IResult> AnyReadyAsync(IEnumerable<Shard> shards, CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(shards.Select(async one => (one.Name, Fault: await one.FaultAsync(cancellationToken))));
        var text = string.Join('\n', states.Select(state => $"{state.Name}: {state.Fault ?? "ready"}"));
        return Results.Text(
            text.Length == 0 ? "there is no such shard" : text, statusCode: states.Any(state => state.Fault is null) ? 200 : 503);
    }
}
