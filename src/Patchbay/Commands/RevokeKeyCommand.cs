using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>keys revoke</c>.</summary>
internal sealed class RevokeKeyCommand : Verb
{
    private readonly Argument<string> _id = new("ID") { Description = "The key's id, key_...; see keys list." };

    public RevokeKeyCommand()
        : base("revoke", "Revoke an API key for good. A running hub refuses it within a second. Revoking it again does nothing.",
            "patchbay keys revoke key_01...")
    {
        Arguments.Add(_id);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.OpenExisting(parsed);
        var notFound = new RefusedException(Error.NotFound($"key as '{parsed.GetRequiredValue(_id)}'"));
        if (!TypeId.TryParse<ApiKeyId>(parsed.GetRequiredValue(_id), out var id))
            throw notFound;
        var (shard, key) = await FindAsync(hub, id, cancellationToken) ?? throw notFound;
        var revoked = await shard.Get<ApiKeyCreation>().RevokeAsync(key.TenantId, id, cancellationToken);
        if (!revoked.IsSuccess)
            throw new RefusedException(revoked.Error);
        var view = ApiKeyView.From(revoked.Value, shard.Get<TimeProvider>().GetUtcNow());
        Output.Print(parsed, view, output => output.WriteLine($"{view.Id} ('{view.Name}') is revoked."));
        return ExitCode.Done;
    }

    /// <summary>The key, and the shard that its tenant lives on. The platform's keys live where they are.</summary>
    private static async Task<(HubCore Shard, ApiKey Key)?> FindAsync(HubCores hub, ApiKeyId id, CancellationToken cancellationToken)
    {
        foreach (var shard in hub.All)
        {
            var key = await shard.Hub.Get<Database>().FindAsync(
                "SELECT * FROM api_keys WHERE id = @id", new { id }, ApiKeyTable.Instance.Read,
                cancellationToken);   // command line scope: all tenants
            if (key is not null)
            {
                return key.TenantId == PlatformTenant.Id
                    ? (shard.Hub, key)
                    : ((await hub.FindHomeAsync(key.TenantId.ToString(), cancellationToken)).Shard.Hub, key);
            }
        }

        return null;
    }
}
