using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>
/// The database behind the hub: SQLite or PostgreSQL. Ordinary queries are written once, in SQL that both understand, with
/// <c>@name</c> parameters; what differs between the two is in the few members below.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>From the setting <c>Patchbay:Database</c>: <c>sqlite:PATH</c>, or a PostgreSQL connection string.</summary>
    /// <param name="pool">What metrics call its connections.</param>
    public static Database Open(string setting, string pool = "patchbay") =>
        setting.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase)
            ? new SqliteDatabase(setting["sqlite:".Length..])
            : new PostgreSqlDatabase(setting, pool);

    /// <summary><c>sqlite</c> or <c>postgresql</c>; also the infix of migration files for one database only.</summary>
    public abstract string Kind { get; }

    /// <summary>Where the data lies, for people; without a password.</summary>
    public abstract string Description { get; }

    /// <summary>Only PostgreSQL can be shared by several nodes.</summary>
    public abstract bool CanBeShared { get; }

    /// <summary>
    /// The same database by a connection of its own, for what must be said in time however busy the others are; disposed of with this one.
    /// </summary>
    public virtual Database Reserved => this;

    /// <summary>
    /// Appended to a query to lock the rows it reads until the transaction ends, passing over rows that others have locked.
    /// </summary>
    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>
    /// Appended to a condition to pass over rows whose UUIDv7 is older, where that spares looking into their partitions; else empty. The
    /// moment is part of the text, so that the planner sees it.
    /// </summary>
    public virtual string NotBefore(string column, DateTimeOffset moment) => "";

    /// <summary>
    /// Keeps the database for one hub for as long as what is returned is not disposed of, or the process lives; null where several may
    /// serve it.
    /// </summary>
    /// <exception cref="DatabaseInUseException">Another one has it.</exception>
    public virtual IDisposable? HoldForServing() => null;

    /// <summary>An open connection, to be disposed of.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Starts a transaction that will write. On SQLite there is one writer at a time: writers of this process queue in the order they come,
    /// and those of other processes are waited for.
    /// </summary>
    public abstract Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken);

    /// <summary>A lock that only one process can hold, for migrations.</summary>
    public abstract Task<IAsyncDisposable> LockForMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>The form in which a value is bound: ids, times and booleans differ.</summary>
    public abstract object ToParameter(object? value);

    /// <summary>Undoes <see cref="ToParameter"/>; the column must not be null.</summary>
    public abstract Guid ReadGuid(DbDataReader reader, int ordinal);

    /// <summary>Undoes <see cref="ToParameter"/>: in UTC, to the microsecond; the column must not be null.</summary>
    public abstract DateTimeOffset ReadTime(DbDataReader reader, int ordinal);

    public abstract ValueTask DisposeAsync();
}
