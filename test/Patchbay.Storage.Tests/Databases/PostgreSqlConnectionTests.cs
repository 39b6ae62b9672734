using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Databases;

/// <summary>How connections to PostgreSQL are opened.</summary>
public sealed class PostgreSqlConnectionTests(StorageDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_stands_still_in_a_transaction_is_ended_and_what_the_operator_says_wins()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        Assert.Equal("5s", await SettingAsync(database.Database, "idle_in_transaction_session_timeout"));
        Assert.Equal("patchbay", await SettingAsync(database.Database, "application_name"));

        await using var own = Database.Open(database.Setting + ";Application Name=mine;Options=-c idle_in_transaction_session_timeout=7s");
        Assert.Equal("7s", await SettingAsync(own, "idle_in_transaction_session_timeout"));
        Assert.Equal("mine", await SettingAsync(own, "application_name"));
    }

    [Fact]
    public async Task Statements_that_come_again_are_prepared()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = Database.Open(database.Setting + ";Maximum Pool Size=1");
        for (var i = 0; i < 6; i++)
            await one.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), _ct);

        var prepared = await one.QueryAsync("SELECT count(*) AS many FROM pg_prepared_statements", new { }, row => row.Int("many"), _ct);

        Assert.True(prepared[0] > 0);
    }

    [Fact]
    public async Task Of_several_servers_the_primary_is_taken_and_one_that_is_not_there_is_passed_over()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var parts = database.Setting.Replace("Host=127.0.0.1;Port=", "Host=127.0.0.1:1,127.0.0.1:", StringComparison.Ordinal);
        await using var several = Database.Open(parts);

        Assert.Equal([1], await several.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), _ct));
        Assert.StartsWith("PostgreSQL 127.0.0.1:1,127.0.0.1:", several.Description, StringComparison.Ordinal);
    }

    private async Task<string> SettingAsync(Database database, string name) =>
        (await database.QueryAsync("SELECT current_setting(@name) AS value", new { name }, row => row.Text("value"), _ct))[0];
}
