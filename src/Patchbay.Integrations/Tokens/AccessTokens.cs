using System.Collections.Concurrent;
using System.Data.Common;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

/// <summary>
/// Hands out access tokens: from memory while they hold, else as another node has renewed them, else renewed here, by one caller at a time.
/// A refresh token that the provider has changed is stored before anything is called with what came along with it.
/// </summary>
public sealed class AccessTokens(
    Database database, TenantVault vault, TokenEndpoint endpoint, IdGenerator ids, TimeProvider time)
{
    /// <summary>How long a caller waits for one who renews; longer than the endpoint may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly ProviderFailure Busy = new(
        FailureOutcome.Transient, FailureCause.Provider, "token_renewing", "Nothing was sent: the access token is being renewed elsewhere.")
    {
        NothingHappened = true,
    };

    private readonly TokenStore _store = new(database, time);
    private readonly ConcurrentDictionary<TokenRowKey, TokenSet> _held = new();
    private readonly ConcurrentDictionary<TokenRowKey, SemaphoreSlim> _one = new();

    /// <summary>An access token, or why there is none; nothing was sent to the provider's API then.</summary>
    public async Task<Result<TokenSet, ProviderFailure>> GetAsync(
        TokenSource source, Secret? refused, CancellationToken cancellationToken)
    {
        var key = new TokenRowKey(source.Tenant, source.Integration, source.Origin);
        if (Held(key, source, refused) is { } held)
            return held;
        var one = _one.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await one.WaitAsync(cancellationToken);
        try
        {
            return Held(key, source, refused) is { } renewed ? renewed : await RenewedAsync(key, source, refused, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>What a person brought from the provider's page.</summary>
    public async Task PutAsync(TokenSource source, TokenSet tokens, CancellationToken cancellationToken)
    {
        await _store.PutAsync(source, tokens.Seal(await vault.OpenAsync(source.Tenant, cancellationToken), source), cancellationToken);
        _held[new TokenRowKey(source.Tenant, source.Integration, source.Origin)] = tokens;
    }

    private TokenSet? Held(TokenRowKey key, TokenSource source, Secret? refused) =>
        _held.TryGetValue(key, out var held) && held.Serves(source, refused, time.GetUtcNow()) ? held : null;

    private async Task<Result<TokenSet, ProviderFailure>> RenewedAsync(
        TokenRowKey key, TokenSource source, Secret? refused, CancellationToken cancellationToken)
    {
        var cipher = await vault.OpenAsync(source.Tenant, cancellationToken);
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Patience)
        {
            var row = await _store.FindAsync(source, cancellationToken);
            var known = row is { Sealed.Length: > 0 } ? TokenSet.Open(cipher, source, row.Sealed) : null;
            if (known?.Serves(source, refused, time.GetUtcNow()) == true)
                return _held[key] = known;
            var renewal = ids.NewGuid();
            if (await _store.TakeAsync(source, row, renewal, cancellationToken))
            {
                if (await RenewAsync(source, known, cipher, renewal, cancellationToken) is { } made)
                    return made.IsSuccess ? _held[key] = made.Value : made;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return Busy;
    }

    /// <summary>Null when it took so long that somebody else has begun.</summary>
    private async Task<Result<TokenSet, ProviderFailure>?> RenewAsync(
        TokenSource source, TokenSet? known, TenantCipher cipher, Guid renewal, CancellationToken cancellationToken)
    {
        Result<TokenSet, ProviderFailure> made;
        try
        {
            made = await endpoint.RenewAsync(source, known?.Refresh, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _store.GiveBackAsync(source, renewal, CancellationToken.None);
            throw;
        }

        if (made.IsSuccess)
            return await SaveAsync(source, made.Value.Seal(cipher, source), renewal) ? made : default(Result<TokenSet, ProviderFailure>?);
        await _store.GiveBackAsync(source, renewal, cancellationToken);
        return made;
    }

    /// <summary>What the provider gave cannot be asked for again: it is kept trying for as long as only the database is away.</summary>
    private async Task<bool> SaveAsync(TokenSource source, byte[] sealedTokens, Guid renewal)
    {
        while (true)
        {
            try
            {
                return await _store.SaveAsync(source, sealedTokens, renewal, CancellationToken.None);
            }
            catch (DbException exception) when (exception.IsPassing())
            {
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }
}
