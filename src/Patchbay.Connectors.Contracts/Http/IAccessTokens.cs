namespace Patchbay.Connectors.Contracts;

/// <summary>
/// The access tokens of the integration that a call is made for. The hub makes, keeps and renews them; <see cref="ProviderHttp"/>
/// sends them along, and a connector asks only where it needs one elsewhere.
/// </summary>
public interface IAccessTokens
{
    /// <summary>Of the Authorization header that they are sent in.</summary>
    string Scheme => "Bearer";

    /// <summary>One that holds for another minute.</summary>
    /// <param name="refused">A token that the provider did not take although it should hold: another is made. Null: none was.</param>
    Task<Result<Secret, ProviderFailure>> GetAsync(Secret? refused, CancellationToken cancellationToken);
}
