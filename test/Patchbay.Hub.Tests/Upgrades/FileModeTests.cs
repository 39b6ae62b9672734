using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>A version before let every user of the machine read the database.</summary>
public sealed class FileModeTests(HubDatabases databases)
{
    [Fact]
    public async Task A_database_that_others_can_read_is_closed_to_them_by_the_start()
    {
        if (OperatingSystem.IsWindows())
            return;
        var token = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, token);
        var file = database.Setting["sqlite:".Length..];
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);

        await using var hub = await HubHost.StartAsync(database.Setting, null, token);
        await using var reader = await database.Database.ConnectAsync(token);   // there is a log as long as there is a connection

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file + "-wal"));
    }
}
