using System.Data.Common;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// Triggers that refuse every insert and update of one tenant's rows in one database. A request that was under way when the move began, or
/// a node that slept through it, can so never write where the tenant does not live any more. Deleting stays possible, for retention and the
/// move itself.
/// </summary>
internal sealed class TenantFence(Database database, TenantId tenant, TimeProvider time)
{
    private const string Refusal = "tenant_moving";
    private const string LockNotAvailable = "55P03";
    private const string Function =
        "CREATE OR REPLACE FUNCTION patchbay_tenant_moving() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '" + Refusal
            + "' USING ERRCODE = 'PB001'; END $$";

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>
    /// A lock that is waited for makes others wait behind it: so briefly at first, and longer only when that is not enough.
    /// </summary>
    private static readonly int[] LockMilliseconds = [200, 200, 200, 500, 500, 2_000, 2_000, 5_000, 15_000];

    private readonly string _name = $"moving_{tenant.Value:n}";

    /// <summary>Whether a write was refused for the sake of a move.</summary>
    public static bool Refused(DbException exception) =>
        exception.SqlState == "PB001" || exception.Message.Contains(Refusal, StringComparison.Ordinal);

    public async Task RaiseAsync(IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        if (database is PostgreSqlDatabase)
        {
            await database.ExecuteAsync(Function, new { }, cancellationToken);
            var up = await UpAsync(cancellationToken);
            foreach (var table in tables.Where(table => !up.Contains(table.Name)))
            {
                await ChangeAsync(
                    $"CREATE TRIGGER {_name} BEFORE INSERT OR UPDATE ON {table.Name} FOR EACH ROW "
                        + $"WHEN (NEW.tenant_id = '{tenant.Value}') EXECUTE FUNCTION patchbay_tenant_moving()",
                    cancellationToken);
            }
        }
        else
        {
            await ChangeAllAsync(
                tables, (table, action) => $"CREATE TRIGGER IF NOT EXISTS {_name}_{action}_{table.Name} BEFORE {action} ON {table.Name} "
                    + $"WHEN NEW.tenant_id = x'{tenant.Value:n}' BEGIN SELECT RAISE(ABORT, '{Refusal}'); END",
                cancellationToken);
        }
    }

    public async Task LowerAsync(IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        if (database is PostgreSqlDatabase)
        {
            var up = await UpAsync(cancellationToken);
            foreach (var table in tables.Where(table => up.Contains(table.Name)))
                await ChangeAsync($"DROP TRIGGER IF EXISTS {_name} ON {table.Name}", cancellationToken);
        }
        else
        {
            await ChangeAllAsync(
                tables, (table, action) => $"DROP TRIGGER IF EXISTS {_name}_{action}_{table.Name}", cancellationToken);
        }
    }

    /// <summary>Takes down the fences of tenants that have been gone for an hour.</summary>
    public static async Task CleanUpAsync(Database database, TimeProvider time, CancellationToken cancellationToken)
    {
        var gone = await database.QueryAsync(
            "SELECT * FROM tenant_moves WHERE phase = @phase AND changed_at < @before ORDER BY changed_at LIMIT 1000",
            // command line scope: all tenants
            new { phase = MovePhase.Gone.ToWord(), before = time.GetUtcNow() - KeptFor }, TenantMoveTable.Instance.Read, cancellationToken);
        if (gone.Count == 0)
            return;
        var tables = await TenantTables.ReadAsync(database, cancellationToken);
        foreach (var move in gone)
        {
            await new TenantFence(database, move.TenantId, time).LowerAsync(tables, cancellationToken);
            await database.ExecuteAsync(
                "DELETE FROM tenant_moves WHERE tenant_id = @TenantId AND mover = @Mover AND phase = @phase",
                new { move.TenantId, move.Mover, phase = MovePhase.Gone.ToWord() }, cancellationToken);
        }
    }

    /// <summary>The tables, in PostgreSQL, on which it is up.</summary>
    private async Task<HashSet<string>> UpAsync(CancellationToken cancellationToken)
    {
        var up = await database.QueryAsync(
            """
            SELECT c.relname::text AS name FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
             WHERE t.tgname = @_name AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) LIMIT 100000
            """,
            new { _name }, row => row.Text("name"), cancellationToken);
        return [.. up];
    }

    /// <summary>In SQLite, where one writes at a time: all in one transaction.</summary>
    private async Task ChangeAllAsync(
        IReadOnlyList<TenantTableShape> tables, Func<TenantTableShape, string, string> sql, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        foreach (var table in tables)
        {
            foreach (var action in (string[])["insert", "update"])
                await database.ExecuteAsync(write, sql(table, action), new { }, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }

    private async Task ChangeAsync(string sql, CancellationToken cancellationToken)
    {
        foreach (var (index, milliseconds) in LockMilliseconds.Index())
        {
            try
            {
                await using var write = await database.BeginWriteAsync(cancellationToken);
                await database.ExecuteAsync(write, $"SET LOCAL lock_timeout = {milliseconds}", new { }, cancellationToken);
                await database.ExecuteAsync(write, sql, new { }, cancellationToken);
                await write.CommitAsync(cancellationToken);
                return;
            }
            catch (DbException exception) when (exception.SqlState == LockNotAvailable && index < LockMilliseconds.Length - 1)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
            }
        }
    }
}
