using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Hub.Hosting;

/// <summary>For load balancers: <c>/healthz</c> while the process runs, <c>/readyz</c> while it can take work.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Database database, Membership membership, CancellationToken cancellationToken)
    {
        try
        {
            await database.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), cancellationToken);
        }
        catch (DbException)
        {
            return Results.Text("the database does not answer", statusCode: 503);
        }

        return membership.IsConfirmed ? Results.Text("ready") : Results.Text("this node is not confirmed", statusCode: 503);
    }
}
