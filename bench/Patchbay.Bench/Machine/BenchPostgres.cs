using Npgsql;

namespace Patchbay.Bench.Machine;

/// <summary>The PostgreSQL server that <c>bench/run.sh</c> started, with fsync and synchronous_commit on.</summary>
/// <param name="server">Connection string without a database.</param>
/// <param name="process">Process id of the postmaster.</param>
internal sealed class BenchPostgres(string server, int process)
{
    public int Process => process;

    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"{server};Database=postgres;Pooling=false");
        await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            await drop.ExecuteNonQueryAsync(cancellationToken);
        await using (var create = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0"))
            await create.ExecuteNonQueryAsync(cancellationToken);
        return $"{server};Database={name}";
    }
}
