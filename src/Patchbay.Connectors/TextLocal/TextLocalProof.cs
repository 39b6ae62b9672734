using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>
/// What only TextLocal was told. Receipts are not signed, so the address that goes with each message carries the message's id and a proof
/// of it that nobody can make who does not have the key. A stranger's receipt is refused like a forged signature, before it is stored.
/// </summary>
/// <remarks>Source: https://api.txtlocal.com/docs/handlingreceipts. The proof is the hub's own.</remarks>
internal static class TextLocalProof
{
    /// <summary>A word by which the inbox knows what not to show.</summary>
    private const string Field = "token";

    public static string Address(Connection connection, string messageId, Secret proof) =>
        $"{MessageCallback.For(connection, messageId).AbsoluteUri}&{Field}={proof.Reveal()}";

    public static Secret Of(Connection connection, string messageId) =>
        new(Convert.ToHexStringLower(Of(connection.Secret("api_key"), connection, messageId)));

    public static bool Holds(WebhookRequest request, Connection connection) =>
        MessageCallback.Reference(request) is { } id && request.Query().Find(Field) is { } given
        && Signatures.Any(connection.LiveSecrets("api_key"), key => Of(key, connection, id), [given], Signatures.SameHex);

    private static byte[] Of(Secret key, Connection connection, string messageId) =>
        Signatures.HmacSha256(key, $"receipts of {connection.IntegrationId} about {messageId}");
}
