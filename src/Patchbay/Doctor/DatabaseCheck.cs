using System.Data.Common;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>The database answers, is new enough and takes writes.</summary>
internal sealed class DatabaseCheck(Database database) : ICheck
{
    private const string Name = "database";
    private const int OldestPostgreSql = 15;

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await FindAsync(cancellationToken);
    }

    private async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (database is PostgreSqlDatabase)
            {
                var (number, version) = (await database.QueryAsync(
                    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version", new { },
                    row => (row.Int("number"), row.Text("version")), cancellationToken))[0];
                if (number / 10_000 < OldestPostgreSql)
                    return Finding.Fault(
                        Name, $"{database.Description} is version {version}", $"PostgreSQL {OldestPostgreSql} or newer is needed.");
            }

            await using var write = await database.BeginWriteAsync(cancellationToken);
            await database.ExecuteAsync(write, "CREATE TABLE patchbay_doctor_probe (one integer)", new { }, cancellationToken);
            return Finding.Ok(Name, $"{database.Description} answers and takes writes");   // the probe is never committed
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return Finding.Fault(
                Name, $"{database.Description}: {exception.Message}",
                database is PostgreSqlDatabase
                    ? "Check Patchbay:Database, that the server runs and lets this host in, and that the user may create tables in the "
                        + "schema."
                    : "Check the path in Patchbay:Database, the owner of the file and its folder, and the space left on the disk.");
        }
    }
}
