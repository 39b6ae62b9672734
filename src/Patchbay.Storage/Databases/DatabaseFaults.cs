using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Patchbay.Storage;

/// <summary>What is wrong with the database, not with what was asked of it.</summary>
public static class DatabaseFaults
{
    private const int SqliteError = 1;
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteFull = 13;
    private const string IdleInTransaction = "25P03";   // the server ended a session that stood still in a transaction

    /// <summary>The same may work a little later, on another connection.</summary>
    public static bool IsPassing(this DbException exception) =>
        exception.IsTransient
        || exception is NpgsqlException and not PostgresException   // the way to the server, or none of several servers is the primary
        || exception is PostgresException { SqlState: IdleInTransaction or PostgresErrorCodes.ReadOnlySqlTransaction }
        || exception is SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked }   // waited for longer than anybody should
        || exception.IsFull()
        || exception.CameTooLate();   // this node's clock is behind, which its next heartbeat tells it

    /// <summary>
    /// The transaction is much later than the ids that it made, says a constraint of the name <c>ids_are_fresh</c>. With new ids it may go.
    /// </summary>
    public static bool CameTooLate(this DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: "ids_are_fresh" };

    /// <summary>What was asked for is in no table: the schema is not there, or not this program's.</summary>
    public static bool LacksTable(this DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
        || exception is SqliteException { SqliteErrorCode: SqliteError }
            && exception.Message.Contains("no such table", StringComparison.Ordinal);

    /// <summary>There is a row with its key, or with what must be in one row only.</summary>
    public static bool IsDuplicate(this DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>There is no room left on the disk.</summary>
    public static bool IsFull(this DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}
