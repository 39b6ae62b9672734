using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>
/// What only Mollie was told: classic webhooks are not signed, so the address that goes with each payment carries a proof that nobody
/// can make who does not have the key. A stranger's hint is refused like a forged signature, before it is stored.
/// </summary>
/// <remarks>Source: https://docs.mollie.com/reference/webhooks: whoever knows the address can call it.</remarks>
internal static class MollieProof
{
    private const string Field = "proof";

    /// <summary>Where a payment reports to.</summary>
    public static Uri Address(Connection connection) => new(
        $"{connection.WebhookUrl.OriginalString}?{Field}={Convert.ToHexStringLower(Of(connection.Secret("api_key"), connection))}");

    public static bool Holds(WebhookRequest request, Connection connection) => request.Query().Find(Field) is { } given
        && Signatures.Any(connection.LiveSecrets("api_key"), key => Of(key, connection), [given], Signatures.SameHex);

    private static byte[] Of(Secret key, Connection connection) =>
        Signatures.HmacSha256(key, "webhooks of " + connection.IntegrationId);
}
