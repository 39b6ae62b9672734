namespace Patchbay.Storage;

/// <summary>How the ledger commits a batch on each kind of database.</summary>
internal static class LedgerStores
{
    public static ILedgerStore Open(Database database) => database switch
    {
        PostgreSqlDatabase postgreSql => new PostgreSqlLedgerStore(postgreSql),
        SqliteDatabase sqlite => new SqliteLedgerStore(sqlite),
        _ => throw new NotSupportedException($"There is no ledger for {database.Kind}."),
    };
}
