namespace Patchbay.Connectors.Contracts;

/// <summary>
/// For providers whose access tokens are got in a way of their own (manifest: <c>oauth.flow: own</c>). Calls nobody: the hub asks, keeps
/// the token sealed, and renews it. Nothing of what is sent or received is kept in an attempt's record.
/// </summary>
public interface IRequestTokens
{
    /// <param name="url">As the manifest has it for the integration's mode, or where the operator points the provider.</param>
    HttpRequestMessage TokenRequest(Uri url, Connection connection);

    /// <summary>
    /// Reads an answer, whatever its status; 408, 425, 429 and 5xx do not come here. Credentials that were refused are a failure whose
    /// cause is <see cref="FailureCause.Authentication"/>.
    /// </summary>
    Result<AccessToken, ProviderFailure> ReadToken(ProviderReply reply);
}

/// <summary>What a provider's API is called with for a while.</summary>
/// <param name="ExpiresAt">It is not used in the last minute before; null: until the provider answers 401.</param>
public sealed record AccessToken(Secret Value, DateTimeOffset? ExpiresAt);
