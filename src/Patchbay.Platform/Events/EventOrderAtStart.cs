using Patchbay.Platform.Features;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>
/// On SQLite, lets ids go on after those of the process before: its clock may have been ahead of what it is now, and readers of events are
/// past its ids. On PostgreSQL the database's own clock sees to that.
/// </summary>
internal sealed class EventOrderAtStart(Database database, IdGenerator ids) : IAtStart
{
    // Engine scope: all tenants; one look at the end of each tenant's events.
    private const string Sql =
        "SELECT max((SELECT e.id FROM events AS e WHERE e.tenant_id = t.id ORDER BY e.id DESC LIMIT 1)) AS id FROM tenants AS t LIMIT 1";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (database is SqliteDatabase
            && (await database.QueryAsync(Sql, new { }, row => row.FindGuid("id"), cancellationToken))[0] is { } newest)
            ids.StartAfter(newest);
    }
}
