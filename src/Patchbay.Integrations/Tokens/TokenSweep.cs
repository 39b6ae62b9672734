using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

/// <summary>Forgets the tokens of integrations that were deleted.</summary>
public sealed class TokenSweep(Database database)
{
    public Task RunAsync(CancellationToken cancellationToken) => database.ExecuteAsync(
        "DELETE FROM access_tokens WHERE (tenant_id, integration_id) IN (SELECT t.tenant_id, t.integration_id FROM access_tokens AS t "
            + "JOIN integrations AS i ON i.tenant_id = t.tenant_id AND i.id = t.integration_id WHERE i.deleted_at IS NOT NULL LIMIT 1000)",
        // engine scope: all tenants
        new { }, cancellationToken);
}
