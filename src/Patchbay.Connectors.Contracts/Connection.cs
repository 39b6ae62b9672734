namespace Patchbay.Connectors.Contracts;

/// <summary>Which of a provider's worlds an integration talks to.</summary>
public enum IntegrationMode
{
    Live,
    Sandbox,
}

/// <summary>What a connector is told of the integration it acts for: decrypted for the length of one attempt.</summary>
/// <param name="IntegrationId">TypeID of the integration, <c>int_...</c>.</param>
/// <param name="Credentials">Fields of the manifest's credential schema that are not marked secret.</param>
/// <param name="Secrets">Fields marked <c>x-secret</c>.</param>
/// <param name="Settings">The integration's settings that are no objects: those that the manifest names, and limits.</param>
/// <param name="WebhookUrl">The public address the provider is to call back; unguessable, and the one its signatures cover.</param>
public sealed record Connection(
    string IntegrationId,
    IntegrationMode Mode,
    IReadOnlyDictionary<string, string> Credentials,
    IReadOnlyDictionary<string, Secret> Secrets,
    IReadOnlyDictionary<string, string> Settings,
    Uri WebhookUrl)
{
    /// <summary>A secret that the schema requires; throws when it is missing, which validation rules out.</summary>
    public Secret Secret(string name) => Secrets[name];

    /// <summary>Null when the optional secret was not entered.</summary>
    public Secret? FindSecret(string name) => Secrets.GetValueOrDefault(name);

    /// <summary>A field that the schema requires.</summary>
    public string Value(string name) => Credentials[name];

    /// <summary>Null when the optional field was not entered.</summary>
    public string? FindValue(string name) => Credentials.GetValueOrDefault(name);

    /// <summary>
    /// What a webhook may be signed with: both live secrets of a rotation, the current one, and the one before it while it overlaps
    /// (<c>NAME_previous</c>). None that could be guessed counts: empty, or little more than its kind's prefix (<c>whsec_</c>).
    /// </summary>
    public IEnumerable<Secret> LiveSecrets(string name) =>
        ((string[])[name, name + "_previous"]).Select(FindSecret).OfType<Secret>().Where(secret => secret.IsSubstantial);
}
