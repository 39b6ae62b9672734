using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Patchbay.Storage;

/// <summary>What is wrong with the database, not with what was asked of it.</summary>
public static class DatabaseFaults
{
    private const int SqliteFull = 13;
    private const string IdleInTransaction = "25P03";   // the server ended a session that stood still in a transaction

    /// <summary>The same may work a little later, on another connection.</summary>
    public static bool IsPassing(this DbException exception) =>
        exception.IsTransient
        || exception is NpgsqlException and not PostgresException   // the way to the server, or none of several servers is the primary
        || exception is PostgresException { SqlState: IdleInTransaction or PostgresErrorCodes.ReadOnlySqlTransaction }
        || exception.IsFull();

    /// <summary>There is no room left on the disk.</summary>
    public static bool IsFull(this DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}
