using System.CommandLine;
using Patchbay.Connectors.Contracts;
using Patchbay.Hosting;
using Patchbay.Platform.Api;
using Patchbay.Platform.Keys;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>keys create</c>: prints the secret, this once.</summary>
internal sealed class CreateKeyCommand : Verb
{
    private readonly Option<string?> _tenant = TenantName.Option(required: false);

    private readonly Option<bool> _platform = new("--platform")
    {
        Description = "Instead of --tenant: a key that creates tenants over the API and sees nothing that is theirs.",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "With --platform: the shard on which the key creates tenants. Default: main",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _permissions = new("--permissions")
    {
        Description = "What the key may do: '*', 'read:*', 'read:payments', 'write:messages' and so on. Several, or one text with commas.",
        HelpName = "WORDS",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _name =
        new("--name") { Description = "For people.", HelpName = "NAME", DefaultValueFactory = _ => "command line" };

    private readonly Option<string> _expires =
        new("--expires") { Description = "How long it works.", HelpName = "30d|90d|1y|never", DefaultValueFactory = _ => "never" };

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "A live key uses integrations in live mode, a test key those in sandbox mode.",
        HelpName = "live|test",
        DefaultValueFactory = _ => "live",
    };

    private readonly Option<string[]> _networks = new("--network")
    {
        Description = "Networks the key may be used from, such as 203.0.113.0/24. Without: from anywhere.",
        HelpName = "CIDR",
        AllowMultipleArgumentsPerToken = true,
    };

    public CreateKeyCommand()
        : base(
            "create",
            "Create an API key. Its secret is printed once and never again. A running hub accepts it at once.",
            "patchbay keys create --tenant acme --permissions '*'",
            "patchbay keys create --tenant acme --permissions write:payments read:deliveries --name shop --expires 90d --network "
                + "203.0.113.0/24",
            "patchbay keys create --tenant acme --permissions '*' --mode test",
            "patchbay keys create --platform --name onboarding",
            "patchbay keys create --platform --shard east",
            "KEY=$(patchbay keys create --tenant acme --permissions '*' --json | jq -r .secret)")
    {
        _expires.AcceptOnlyFromAmong("30d", "90d", "1y", "never");
        _mode.AcceptOnlyFromAmong("live", "test");
        foreach (var option in new Option[]
            { _tenant, _platform, _permissions, _name, _expires, _mode, _networks, _shard, CommonOptions.Json })
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_platform) == (result.GetValue(_tenant) is not null))
                result.AddError("Give either --tenant or --platform.");
            else if (result.GetValue(_platform) && result.GetResult(_mode) is { Implicit: false })
                result.AddError("--mode goes with --tenant; a platform key uses no integrations.");
            else if (!result.GetValue(_platform) && result.GetValue(_shard) is not null)
                result.AddError("--shard goes with --platform; a tenant's key is made where the tenant lives.");
            else if (!result.GetValue(_platform) && result.GetValue(_permissions) is not { Length: > 0 })
                result.AddError("--permissions says what the key may do; '*' is everything.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.Open(parsed);
        foreach (var shard in hub.All)
            await shard.Hub.Get<Migrator>().MigrateAsync(cancellationToken);
        var created = await CreateAsync(hub, parsed, cancellationToken);
        if (!created.IsSuccess)
            throw new RefusedException(created.Error);
        var (key, secret) = created.Value;
        Output.Print(parsed, ApiKeyView.From(key, hub.Main.Get<TimeProvider>().GetUtcNow(), secret), output =>
        {
            output.WriteLine(secret);
            output.WriteLine($"This is {key.Id} ('{key.Name}', {string.Join(' ', key.Permissions)}). The secret above is shown this once.");
        });
        return ExitCode.Done;
    }

    private async Task<Result<CreatedApiKey, Error>> CreateAsync(HubCores hub, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_name);
        if (parsed.GetValue(_platform))
            return await hub.Find(parsed.GetValue(_shard)).Hub.Get<ApiKeyCreation>().CreatePlatformKeyAsync(name, cancellationToken);
        var home = await hub.FindHomeAsync(parsed.GetValue(_tenant)!, cancellationToken);
        var request = new CreateApiKeyRequest(
            name, Words(parsed.GetValue(_permissions)), parsed.GetRequiredValue(_expires),
            AllowedNetworks: Words(parsed.GetValue(_networks)),
            Mode: parsed.GetRequiredValue(_mode) == "test" ? ApiKeyMode.Test : ApiKeyMode.Live);
        return await home.Shard.Hub.Get<ApiKeyCreation>().CreateAsync(home.Tenant.Id, request, cancellationToken);
    }

    private static string[] Words(string[]? texts) =>
        texts?.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray() ?? [];
}
