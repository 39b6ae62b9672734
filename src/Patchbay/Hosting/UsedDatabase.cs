using System.Data.Common;
using Patchbay.Storage;

namespace Patchbay.Hosting;

internal static class UsedDatabase
{
    /// <summary>Whether a hub has worked in it: it has a tenant, the platform's at least.</summary>
    public static async Task<bool> IsUsedAsync(Database database, CancellationToken cancellationToken)
    {
        try
        {
            return (await database.QueryAsync(
                "SELECT id FROM tenants LIMIT 1", new { }, row => row.Guid("id"), cancellationToken)).Count > 0;
        }
        catch (DbException exception) when (exception.LacksTable())
        {
            return false;
        }
    }
}
