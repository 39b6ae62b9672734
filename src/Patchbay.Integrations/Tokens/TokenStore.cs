using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

/// <summary>
/// Tokens in the database. Who renews them takes the row first, for longer than that may last: so two nodes never spend one refresh token,
/// but where the first of them has died.
/// </summary>
internal sealed class TokenStore(Database database, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Null before the first time.</summary>
    public Task<TokenRow?> FindAsync(TokenSource source, CancellationToken cancellationToken) =>
        database.FindAsync(TokenRowTable.Instance, KeyOf(source), cancellationToken);

    /// <summary>False when somebody else was faster.</summary>
    /// <param name="seen">The row as it was read; null when there was none.</param>
    public async Task<bool> TakeAsync(TokenSource source, TokenRow? seen, Guid renewal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var values = new
        {
            source.Tenant, source.Integration, source.Origin, renewal, now, until = now + Lease, Generation = seen?.Generation ?? 0,
            none = Array.Empty<byte>(),
        };
        var taken = seen is null
            ? await database.ExecuteAsync(
                "INSERT INTO access_tokens (tenant_id, integration_id, origin, sealed, generation, renewing, renewing_until) "
                    + "VALUES (@Tenant, @Integration, @Origin, @none, 0, @renewal, @until) ON CONFLICT DO NOTHING",
                values, cancellationToken)
            : await database.ExecuteAsync(
                "UPDATE access_tokens SET renewing = @renewal, renewing_until = @until WHERE tenant_id = @Tenant "
                    + "AND integration_id = @Integration AND origin = @Origin AND generation = @Generation "
                    + "AND (renewing IS NULL OR renewing_until <= @now)",
                values, cancellationToken);
        return taken > 0;
    }

    /// <summary>False when it took too long, and somebody else renews them.</summary>
    public async Task<bool> SaveAsync(TokenSource source, byte[] sealedTokens, Guid renewal, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE access_tokens SET sealed = @sealedTokens, generation = generation + 1, renewing = NULL, renewing_until = NULL "
                + "WHERE tenant_id = @Tenant AND integration_id = @Integration AND origin = @Origin AND renewing = @renewal",
            new { source.Tenant, source.Integration, source.Origin, sealedTokens, renewal }, cancellationToken) > 0;

    /// <summary>Nothing came of it: others may try.</summary>
    public Task GiveBackAsync(TokenSource source, Guid renewal, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE access_tokens SET renewing = NULL, renewing_until = NULL "
            + "WHERE tenant_id = @Tenant AND integration_id = @Integration AND origin = @Origin AND renewing = @renewal",
        new { source.Tenant, source.Integration, source.Origin, renewal }, cancellationToken);

    /// <summary>What a person brought from the provider's page takes the place of what was there.</summary>
    public Task PutAsync(TokenSource source, byte[] sealedTokens, CancellationToken cancellationToken) => database.ExecuteAsync(
        "INSERT INTO access_tokens (tenant_id, integration_id, origin, sealed, generation) "
            + "VALUES (@Tenant, @Integration, @Origin, @sealedTokens, 1) ON CONFLICT (tenant_id, integration_id, origin) DO UPDATE "
            + "SET sealed = excluded.sealed, generation = access_tokens.generation + 1, renewing = NULL, renewing_until = NULL",
        new { source.Tenant, source.Integration, source.Origin, sealedTokens }, cancellationToken);

    private static TokenRowKey KeyOf(TokenSource source) => new(source.Tenant, source.Integration, source.Origin);
}
