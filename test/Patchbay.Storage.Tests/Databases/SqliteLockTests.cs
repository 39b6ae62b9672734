using Microsoft.Data.Sqlite;

namespace Patchbay.Storage.Tests.Databases;

public sealed class SqliteLockTests
{
    [Fact]
    public async Task A_database_that_another_program_keeps_locked_is_away_for_a_while_and_no_fault_of_the_hub()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("patchbay-lock-");
        var place = $"Data Source={Path.Combine(folder.FullName, "locked.db")};Pooling=False;Default Timeout=1";
        await using (var holder = new SqliteConnection(place))
        await using (var waiting = new SqliteConnection(place))
        {
            await holder.OpenAsync(token);
            await waiting.OpenAsync(token);
            await using var held = holder.CreateCommand();
            held.CommandText = "CREATE TABLE t (n); BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)";
            await held.ExecuteNonQueryAsync(token);
            await using var write = waiting.CreateCommand();
            write.CommandText = "INSERT INTO t VALUES (2)";

            var refused = await Assert.ThrowsAsync<SqliteException>(() => write.ExecuteNonQueryAsync(token));

            Assert.Equal(5, refused.SqliteErrorCode);
            Assert.True(refused.IsPassing());
            Assert.False(refused.IsFull());
        }

        folder.Delete(recursive: true);
    }
}
