using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Hub.Access;
using Patchbay.Hub.Api;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>keys revoke</c>.</summary>
internal sealed class RevokeKeyCommand : Verb
{
    private readonly Argument<string> _id = new("ID") { Description = "The key's id, key_...; see keys list." };

    public RevokeKeyCommand()
        : base("revoke", "Revoke an API key for good. A running hub refuses it within a second. Revoking it again does nothing.", "patchbay keys revoke key_01...")
    {
        Arguments.Add(_id);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCore.Open(parsed);
        var notFound = new RefusedException(Error.NotFound($"key as '{parsed.GetRequiredValue(_id)}'"));
        if (!TypeId.TryParse<ApiKeyId>(parsed.GetRequiredValue(_id), out var id))
            throw notFound;
        var key = await hub.Get<Database>().FindAsync(
            "SELECT * FROM api_keys WHERE id = @id", new { id }, ApiKeyTable.Instance.Read, cancellationToken)   // command line scope: all tenants
            ?? throw notFound;
        var revoked = await hub.Get<ApiKeyCreation>().RevokeAsync(key.TenantId, id, cancellationToken);
        if (!revoked.IsSuccess)
            throw new RefusedException(revoked.Error);
        var view = ApiKeyView.From(revoked.Value, hub.Get<TimeProvider>().GetUtcNow());
        Output.Print(parsed, view, output => output.WriteLine($"{view.Id} ('{view.Name}') is revoked."));
        return ExitCode.Done;
    }
}
