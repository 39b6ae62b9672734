using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

[Trait("Takes", "long")]
public sealed class DoctorTests(PostgresServer postgres)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_sqlite_database_is_healthy_and_providers_out_of_reach_are_only_a_warning()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);

        var ended = await ExamineAsync(
            "--data", data.Path, "--Patchbay:AllowPrivateNetworks=true", "--Patchbay:Providers:twilio:BaseUrl=http://127.0.0.1:1/");

        Assert.Equal(0, ended.ExitCode);
        Assert.True(ended.Json["healthy"]!.GetValue<bool>());
        Assert.Equal("ok", Of(ended, "schema"));
        Assert.Equal("ok", Of(ended, "master key"));
        Assert.Contains("opens the data keys of 1 tenant\"", ended.Output, StringComparison.Ordinal);   // the platform is none
        Assert.Equal("warning", Of(ended, "provider twilio"));
        Assert.Equal("warning", Of(ended, "public address"));
    }

    [Fact]
    public async Task A_proxy_that_nobody_has_named_is_a_warning_until_it_is()
    {
        using var data = new DataFolder();
        using (var hub = PatchbayProcess.Start("--urls", "http://127.0.0.1:0", "--data", data.Path))
        {
            var line = await hub.ReadUntilAsync("Patchbay is up", _ct);
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
            await http.GetAsync(new Uri(line!.Split("readiness: ")[1].Split(' ')[0]), _ct);
            var ended = await hub.StopAsync(_ct);
            Assert.Contains("X-Forwarded-For or -Proto of 127.0.0.1 is ignored", ended.Output, StringComparison.Ordinal);
        }

        var unnamed = await ExamineAsync("--data", data.Path);
        var named = await ExamineAsync("--data", data.Path, "--Patchbay:TrustedProxies:0=127.0.0.1/32");

        Assert.Equal((0, "warning"), (unnamed.ExitCode, Of(unnamed, "reverse proxy")));
        Assert.DoesNotContain("reverse proxy", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_postgresql_database_is_checked_for_its_clock_too()
    {
        using var data = new DataFolder();
        var database = await postgres.CreateDatabaseAsync(null, _ct);
        var before = await ExamineAsync("--data", data.Path, "--database", database);
        await Verbs.RunAsync(_ct, "migrate", "--data", data.Path, "--database", database);

        var after = await ExamineAsync("--data", data.Path, "--database", database);

        Assert.Equal((1, "fault"), (before.ExitCode, Of(before, "schema")));
        Assert.Equal((0, "ok", "ok"), (after.ExitCode, Of(after, "schema"), Of(after, "clock")));
    }

    [Fact]
    public async Task Tables_of_another_user_are_a_fault_because_their_partitions_cannot_be_dropped()
    {
        using var data = new DataFolder();
        var setting = await postgres.CreateDatabaseAsync(null, _ct);
        await Verbs.RunAsync(_ct, "migrate", "--data", data.Path, "--database", setting);
        var owned = await ExamineAsync("--data", data.Path, "--database", setting);
        await using (var database = Storage.Database.Open(setting))
        {
            foreach (var sql in new[] { "CREATE ROLE hub_of_another LOGIN", "GRANT ALL ON ALL TABLES IN SCHEMA public TO hub_of_another",
                "GRANT ALL ON SCHEMA public TO hub_of_another" })
                await Storage.Queries.ExecuteAsync(database, sql, new { }, _ct);
        }

        var foreign = await ExamineAsync("--data", data.Path, "--database",
            new Npgsql.NpgsqlConnectionStringBuilder(setting) { Username = "hub_of_another" }.ConnectionString);

        Assert.Equal(("ok", "fault", "ok"), (Of(owned, "ownership"), Of(foreign, "ownership"), Of(foreign, "database")));
    }

    [Fact]
    public async Task A_lost_master_key_is_a_fault_and_no_new_one_is_made()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);
        File.Delete(data.File("master.key"));

        var ended = await ExamineAsync("--data", data.Path);

        Assert.Equal((1, "fault"), (ended.ExitCode, Of(ended, "master key")));
        Assert.False(File.Exists(data.File("master.key")));
    }

    [Fact]
    public async Task A_master_key_that_is_not_the_one_is_a_fault()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);

        var other = new Dictionary<string, string> { ["Patchbay__MasterKey"] = $"1:{Convert.ToBase64String(new byte[32])}" };
        var ended = await PatchbayProcess.RunAsync(other, _ct, "doctor", "--json", "--timeout", "0.5", "--data", data.Path);

        Assert.Equal((1, "fault"), (ended.ExitCode, Of(ended, "master key")));
    }

    [Fact]
    public async Task What_others_can_read_in_the_data_folder_is_a_fault()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);
        var before = await ExamineAsync("--data", data.Path);
        File.SetUnixFileMode(data.File("patchbay.db"), (UnixFileMode)0b110_100_100);
        var open = await ExamineAsync("--data", data.Path);
        File.SetUnixFileMode(data.File("patchbay.db"), (UnixFileMode)0b110_000_000);
        File.SetUnixFileMode(data.Path, (UnixFileMode)0b111_101_101);
        var folder = await ExamineAsync("--data", data.Path);

        Assert.Equal((0, 1, 1), (before.ExitCode, open.ExitCode, folder.ExitCode));
        Assert.Contains($"chmod 600 {data.File("patchbay.db")}", open.Output, StringComparison.Ordinal);
        Assert.Contains($"chmod 700 {data.Path}", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_migration_is_a_fault()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "migrate", "--data", data.Path);
        await using (var database = Patchbay.Storage.Database.Open("sqlite:" + data.File("patchbay.db")))
            await Patchbay.Storage.Queries.ExecuteAsync(
                database, "UPDATE schema_migrations SET hash = 'other' WHERE name = '0200_tenants'", new { }, _ct);

        var ended = await ExamineAsync("--data", data.Path);

        Assert.Equal((1, "fault"), (ended.ExitCode, Of(ended, "schema")));
    }

    [Fact]
    public async Task Before_the_first_start_there_is_no_database_and_none_is_made()
    {
        using var data = new DataFolder();

        var ended = await ExamineAsync("--data", data.Path);

        Assert.Equal((1, "fault"), (ended.ExitCode, Of(ended, "database")));
        Assert.Empty(Directory.GetFiles(data.Path));
    }

    [Fact]
    public async Task A_private_provider_address_is_a_fault_unless_private_networks_are_allowed()
    {
        using var data = new DataFolder();

        var ended = await ExamineAsync("--data", data.Path, "--Patchbay:Providers:plivo:BaseUrl=http://10.0.0.7/");

        Assert.Equal("fault", Of(ended, "provider plivo"));
    }

    [Fact]
    public async Task People_get_a_table()
    {
        using var data = new DataFolder();

        var ended = await Verbs.RunAsync(_ct, "doctor", "--timeout", "0.5", "--data", data.Path);

        Assert.Contains("What to do", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Something is wrong", ended.Output, StringComparison.Ordinal);
    }

    private Task<PatchbayProcess.Ended> ExamineAsync(params string[] arguments) =>
        Verbs.RunAsync(_ct, ["doctor", "--json", "--timeout", "0.5", .. arguments]);

    private static string? Of(PatchbayProcess.Ended ended, string check) =>
        ended.Json["findings"]!.AsArray().FirstOrDefault(finding => finding!["check"]!.ToString() == check)?["severity"]!.ToString();
}
