using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

public sealed class UsageTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_executable_prints_where_one_looks_and_ends_with_the_code()
    {
        var done = await PatchbayProcess.RunAsync(_ct, "--help");
        var failed = await PatchbayProcess.RunAsync(_ct, "tenants", "list", "--data", "/nowhere");
        var wrong = await PatchbayProcess.RunAsync(_ct, "tnants");

        Assert.Equal((0, 1, 2), (done.ExitCode, failed.ExitCode, wrong.ExitCode));
        Assert.StartsWith("Description:", done.Output, StringComparison.Ordinal);
        Assert.Empty(done.Errors + failed.Output + wrong.Output);
        Assert.StartsWith("There is no database at /nowhere", failed.Errors, StringComparison.Ordinal);
        Assert.StartsWith("'tnants' is not understood", wrong.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("migrate")]
    [InlineData("tenants")]
    [InlineData("tenants", "create")]
    [InlineData("tenants", "list")]
    [InlineData("tenants", "move")]
    [InlineData("keys")]
    [InlineData("keys", "create")]
    [InlineData("keys", "list")]
    [InlineData("keys", "revoke")]
    [InlineData("keys", "rotate-master")]
    [InlineData("doctor")]
    [InlineData("backup")]
    [InlineData("sandbox")]
    public async Task Every_verb_explains_itself_with_examples_and_exit_codes(params string[] verb)
    {
        var help = await Verbs.RunAsync(_ct, [.. verb, "--help"]);

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Errors);
    }

    [Theory]
    [InlineData("tnants")]
    [InlineData("serve", "--prot=80")]
    [InlineData("tenants")]
    [InlineData("tenants", "create")]
    [InlineData("keys", "create", "--tenant", "acme")]
    [InlineData("keys", "create", "--tenant", "acme", "--platform")]
    [InlineData("keys", "create", "--tenant", "acme", "--permissions", "*", "--expires", "2d")]
    [InlineData("tenants", "move", "--tenant", "acme")]
    [InlineData("keys", "create", "--tenant", "acme", "--permissions", "*", "--shard", "east")]
    [InlineData("doctor", "--timeout", "0")]
    [InlineData("backup")]
    [InlineData("migrate", "--database", "nonsense")]
    [InlineData("serve", "--Patchbay:Node:Heartbeat=soon")]
    [InlineData("migrate", "--database", "Host=127.0.0.1;Port=1;Username=hub;Password=hush-hush;Database=none")]
    [InlineData("migrate", "--Patchbay:Database=Host=127.0.0.1;Port=1;Username=hub;PASSWORD = hush-hush;Database=none")]
    [InlineData("migrate", "--Patchbay:Shards:east:Database=Host=127.0.0.1;Port=1;Username=hub;pwd=hush-hush;Database=none")]
    [InlineData("migrate", "--Patchbay:MasterKey=1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("serve", "--Patchbay:PublicUr=https://hub.example/")]
    [InlineData("doctor", "--Patchbay:Providers:twillio:BaseUrl=http://127.0.0.1:1/")]
    [InlineData("serve", "--Patchbay:Retention:Event=5.00:00:00")]
    [InlineData("serve", "--urls", "localhost:5000")]
    [InlineData("sandbox", "--urls", "127.0.0.1:5050")]
    public async Task Wrong_usage_ends_with_two_and_says_why(params string[] arguments)
    {
        using var data = new DataFolder();

        var ended = await Verbs.RunAsync(_ct, [.. arguments, "--data", data.Path]);

        Assert.Equal(2, ended.ExitCode);
        Assert.NotEmpty(ended.Errors);
        Assert.DoesNotContain("   at ", ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", ended.Errors + ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_on_the_command_line_leaves_a_database_of_the_settings_where_it_is()
    {
        using var data = new DataFolder();
        using var elsewhere = new DataFolder();
        var configured = new Dictionary<string, string> { ["Patchbay__Database"] = "sqlite:" + elsewhere.File("hub.db") };

        var ended = await PatchbayProcess.RunAsync(configured, _ct, "migrate", "--data", data.Path);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.True(File.Exists(elsewhere.File("hub.db")));
        Assert.False(File.Exists(data.File("patchbay.db")));
    }

    [Theory]
    [InlineData("tenants", "list")]
    [InlineData("tenants", "move", "--tenant", "acme", "--to", "east")]
    [InlineData("keys", "list", "--tenant", "acme")]
    [InlineData("keys", "revoke", "key_01h455vb4pex5vsknk084sn02q")]
    [InlineData("keys", "rotate-master")]
    [InlineData("backup", "--to", "copy.db")]
    public async Task Where_there_is_no_database_a_verb_says_so_and_makes_none(params string[] verb)
    {
        using var data = new DataFolder();

        var ended = await Verbs.RunAsync(_ct, [.. verb, "--data", data.Path]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(
            $"There is no database at {data.File("patchbay.db")}. Say where it is with --data or --database; patchbay migrate makes a new "
                + "one.\n", ended.Errors);
        Assert.False(File.Exists(data.File("patchbay.db")));
    }

    [Fact]
    public async Task A_database_of_something_else_is_told_from_a_fault()
    {
        using var data = new DataFolder();
        await File.WriteAllBytesAsync(data.File("patchbay.db"), [], _ct);

        var ended = await Verbs.RunAsync(_ct, "tenants", "list", "--data", data.Path);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("The database has no tables of Patchbay: say where", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_in_sentences_with_one_full_stop_each()
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(data.File("patchbay.db"), new string('x', 4096), _ct);

        var ended = await Verbs.RunAsync(_ct, "tenants", "list", "--data", data.Path);

        Assert.Equal(1, ended.ExitCode);
        Assert.EndsWith("'file is not a database'. 'patchbay doctor' tells more.\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_ends_with_one_and_a_sentence()
    {
        var ended = await Verbs.RunAsync(_ct, "migrate", "--database", "Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("database", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }
}
