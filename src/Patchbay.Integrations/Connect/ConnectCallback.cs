using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Tokens;
using Patchbay.Platform.Network;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Connect;

/// <summary>What a provider's page brings back with the person.</summary>
/// <param name="Code">Null when the person, or the provider, said no.</param>
/// <param name="Error">Why, in the provider's word; null with a code.</param>
internal sealed record Returned(string State, string? Code, string? Error);

/// <summary>A person comes back from the provider's page: the integration gets its tokens, and is verified.</summary>
internal sealed class ConnectCallback(
    Database database, Ledger ledger, IntegrationOperations operations, AccessTokens tokens, TokenEndpoint endpoint, TenantVault vault,
    TenantConfigs configs, DeliveryEngine engine, PublicAddress address, TimeProvider time)
{
    /// <summary>Null when the integration is connected, or else why it is not, for the person.</summary>
    public async Task<string?> FinishAsync(OpenIntegration open, Returned returned, CancellationToken cancellationToken)
    {
        var tenant = open.Integration.TenantId;
        var hash = Connecting.HashOf(returned.State);
        if (await TakeAsync(new ConnectingKey(tenant, hash), cancellationToken) is not { } begun || open.Tokens is not { } held)
            return "This way in was used already, or is older than ten minutes. Begin again in the hub.";
        if (returned.Code is not { } code)
            return $"The provider let nobody in: {Redaction.Excerpt(returned.Error ?? "no reason given", [])}. Begin again in the hub.";
        var cipher = await vault.OpenAsync(tenant, cancellationToken);
        var verifier = begun.Verifier.Length == 0 ? null : Encoding.ASCII.GetString(cipher.Open(Connecting.Purpose(hash), begun.Verifier));
        var given = await endpoint.ExchangeAsync(
            held.Source, code, verifier, address.For(ConnectHandlers.CallbackPath), cancellationToken);
        if (!given.IsSuccess)
            return given.Error.Message;
        if (given.Value.Refresh is null)
            return "The provider gave no refresh token, so the access would soon end: let the application ask for offline access.";
        await tokens.PutAsync(held.Source, given.Value, cancellationToken);
        await VerifyAsync(open.Integration, begun.Actor, cancellationToken);
        return null;
    }

    /// <summary>Null when it is not there (any more): it is taken once.</summary>
    private async Task<Connecting?> TakeAsync(ConnectingKey key, CancellationToken cancellationToken)
    {
        if (await database.FindAsync(ConnectingTable.Instance, key, cancellationToken) is not { } begun
            || begun.ExpiresAt <= time.GetUtcNow())
            return null;
        var taken = await database.ExecuteAsync(
            "DELETE FROM connecting WHERE tenant_id = @Tenant AND state_hash = @StateHash", new { key.Tenant, key.StateHash },
            cancellationToken);
        return taken > 0 ? begun : null;
    }

    private async Task VerifyAsync(Integration integration, string actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var check = await operations.CheckAsync(integration, CheckReason.Verify, null, cancellationToken);
        await ledger.CommitAsync(
            operations.Work(new IntegrationChange(integration.Key, "integration.connected", actor, now)
            {
                To = (before, _) => before!.Status == IntegrationStatus.Error ? before.VerifyAgain(now) : before, Check = check,
            }),
            cancellationToken);
        await configs.RefreshAsync(integration.TenantId, cancellationToken);
        engine.Start(check);
    }
}
