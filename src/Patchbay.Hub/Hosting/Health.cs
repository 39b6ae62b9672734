using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Hub.Hosting;

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

    private static async Task<IResult> ReadyAsync(Database database, Membership membership, Draining draining, CancellationToken cancellationToken)
    {
        if (draining.HasBegun)
            return Results.Text("this node is stopping", statusCode: 503);
        if (!membership.IsConfirmed)
            return Results.Text("this node is not confirmed", statusCode: 503);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await database.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), limit.Token);
            return Results.Text("ready");
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            return Results.Text("the database does not answer", statusCode: 503);
        }
    }
}
