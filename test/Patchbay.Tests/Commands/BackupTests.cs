using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

[Trait("Takes", "long")]
public sealed class BackupTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_served_database_is_copied_and_the_copy_serves()
    {
        using var data = new DataFolder();
        using var restored = new DataFolder();
        using var hub = PatchbayProcess.Start("--urls", "http://127.0.0.1:0", "--data", data.Path);
        await hub.ReadUntilAsync("First run", _ct);

        var backup = await Verbs.RunAsync(_ct, "backup", "--to", restored.File("patchbay.db"), "--data", data.Path, "--json");
        File.Copy(data.File("master.key"), restored.File("master.key"));
        var listed = await Verbs.RunAsync(_ct, "keys", "list", "--tenant", "default", "--data", restored.Path, "--json");
        var doctor = await Verbs.RunAsync(_ct, "doctor", "--timeout", "0.1", "--data", restored.Path, "--json");

        Assert.True(backup.ExitCode == 0, backup.Errors);
        Assert.Equal(new FileInfo(restored.File("patchbay.db")).Length, backup.Json["bytes"]!.GetValue<long>());
        Assert.Equal(data.File("master.key"), backup.Json["master_key"]!.ToString());
        Assert.Equal(["live", "test"], listed.Json.AsArray().Select(key => key!["mode"]!.ToString()).Order());
        Assert.True(doctor.ExitCode == 0, doctor.Output);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(restored.File("patchbay.db")));
    }

    [Fact]
    public async Task What_cannot_be_copied_is_refused_with_what_to_do()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "migrate", "--data", data.Path);
        await File.WriteAllTextAsync(data.File("there.db"), "something else", _ct);
        await File.WriteAllTextAsync(data.File("notes.db"), "", _ct);

        var overwriting = await Verbs.RunAsync(_ct, "backup", "--to", data.File("there.db"), "--data", data.Path);
        var missing = await Verbs.RunAsync(
            _ct, "backup", "--to", data.File("copy.db"), "--database", "sqlite:" + data.File("nowhere.db"));
        var other = await Verbs.RunAsync(
            _ct, "backup", "--to", data.File("copy.db"), "--database", "sqlite:" + data.File("notes.db"));
        var postgres = await Verbs.RunAsync(
            _ct, "backup", "--to", data.File("copy.db"), "--database", "Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        Assert.Equal((1, 1, 1, 1), (overwriting.ExitCode, missing.ExitCode, other.ExitCode, postgres.ExitCode));
        Assert.Contains("not overwritten", overwriting.Errors, StringComparison.Ordinal);
        Assert.Equal("something else", await File.ReadAllTextAsync(data.File("there.db"), _ct));
        Assert.Contains("There is no database", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("not a database of the hub", other.Errors, StringComparison.Ordinal);
        Assert.Contains("pg_dump", postgres.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(data.File("copy.db")) || File.Exists(data.File("copy.db.partial"))
            || File.Exists(data.File("nowhere.db")));
    }
}
