namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Asks the provider, without side effects, whether the credentials work. Every connector has it; it is also the health check.
/// </summary>
public interface IVerifyCredentials
{
    /// <summary>Succeeds with what the account calls itself; a failure with cause authentication means the credentials are wrong.</summary>
    Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken);
}

/// <summary>What a credential check found out.</summary>
/// <param name="Account">Name or id of the account at the provider; null when the provider does not tell.</param>
public sealed record AccountInfo(string? Account)
{
    /// <summary>When the credentials end: a person is told before. Null: they do not, or the provider does not tell.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
