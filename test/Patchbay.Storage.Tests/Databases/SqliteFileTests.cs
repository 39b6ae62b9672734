namespace Patchbay.Storage.Tests.Databases;

public sealed class SqliteFileTests
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_its_log_and_its_folder_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var root = Directory.CreateTempSubdirectory("patchbay-files-").FullName;
        var folder = Path.Combine(root, "data");
        await using (var database = new SqliteDatabase(Path.Combine(folder, "patchbay.db")))
        {
            await database.ExecuteAsync("CREATE TABLE one (two integer)", new { }, _ct);

            Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.Equal(
                ["patchbay.db", "patchbay.db-shm", "patchbay.db-wal"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
            foreach (var file in Directory.GetFiles(folder))
                Assert.Equal(OwnersFile, File.GetUnixFileMode(file));
        }

        var left = Path.Combine(root, "left");
        await File.WriteAllTextAsync(left, "by somebody before", _ct);
        File.SetUnixFileMode(left, OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using (OwnersFiles.Create(left))
            Assert.Equal(OwnersFile, File.GetUnixFileMode(left));

        Directory.Delete(root, recursive: true);
    }
}
