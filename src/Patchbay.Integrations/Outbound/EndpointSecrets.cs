using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Vault;

namespace Patchbay.Integrations.Outbound;

/// <summary>All that is secret about an endpoint; kept sealed, as JSON.</summary>
/// <param name="Previous">The signing secret before; null when there was none. It counts for <see cref="Overlap"/> after it was
/// replaced.</param>
/// <param name="Headers">Further headers with their values; null: none.</param>
/// <param name="Certificate">What it is shown when it asks who calls; null: nothing.</param>
public sealed record EndpointSecrets(
    string Signing, string? Previous = null, IReadOnlyDictionary<string, string>? Headers = null, ClientCertificate? Certificate = null)
{
    /// <summary>What is shown of a header's value.</summary>
    public const string Mask = "••••";

    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = Headers ?? new Dictionary<string, string>();

    public EndpointSecrets ReplacedBy(string secret) => this with { Signing = secret, Previous = Signing };

    /// <summary>What signs now, the present secret first.</summary>
    public IReadOnlyList<Secret> Valid(ISignedEndpoint endpoint, DateTimeOffset now) =>
        Previous is not null && endpoint.PreviousSecretUntil > now ? [new Secret(Signing), new Secret(Previous)] : [new Secret(Signing)];

    /// <summary>Everything that must not be seen in what is kept of an exchange.</summary>
    public IReadOnlyCollection<Secret> All() =>
        [new Secret(Signing), .. Previous is null ? [] : new[] { new Secret(Previous) }, .. Headers.Values.Select(
            value => new Secret(value))];

    /// <summary>Headers as a caller gives them over those that are there: a masked value leaves the present one.</summary>
    public IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> given)
    {
        return given.ToDictionary(
            pair => pair.Key, pair => pair.Value == Mask && Present(pair.Key) is { } value ? value : pair.Value,
            StringComparer.OrdinalIgnoreCase);

        string? Present(string name) => Headers.FirstOrDefault(known => known.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <summary>
    /// Headers as a caller gives them for another address. What is secret was given for the one before, and does not go along: it is gone
    /// unless it is given again.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Afresh(IReadOnlyDictionary<string, string>? given, string field, Faults faults)
    {
        foreach (var (name, _) in (given ?? new Dictionary<string, string>()).Where(pair => pair.Value == Mask))
            faults.Add($"{field}.{name}", "is not taken along to another address: give its value again, or leave it out");
        return given ?? new Dictionary<string, string>();
    }

    /// <param name="purpose">See <see cref="ISignedEndpoint.Purpose"/>.</param>
    public byte[] Seal(TenantCipher cipher, string purpose) =>
        cipher.Seal(purpose, JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Stored));

    public static EndpointSecrets Open(TenantCipher cipher, ISignedEndpoint endpoint) =>
        JsonSerializer.Deserialize<EndpointSecrets>(cipher.Open(endpoint.Purpose, endpoint.SealedSecrets), HubJson.Stored)!;
}
