namespace Patchbay.Integrations.Deliveries;

/// <summary>A feature whose provider, when a person says that it carried an operation out, is taken to have answered so.</summary>
public interface IAssumeAnswers
{
    /// <summary>The answer, of the kind that the connector gives; null: none, because only the provider can tell.</summary>
    /// <param name="providerReference">The provider's id, as the person found it there.</param>
    object? Assumed(string providerReference);
}
