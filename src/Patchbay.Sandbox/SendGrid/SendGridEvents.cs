using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.SendGrid;

/// <summary>What the event webhook says, signed as SendGrid does.</summary>
internal static class SendGridEvents
{
    public const int Unsubscribed = 1;
    public const int SpamContent = 2;
    public const int Blocked = 3;
    public const int NoSuchMailbox = 4;

    /// <summary>
    /// The sandbox's own, of every account. Its public half is the example of <c>webhook_public_key</c> in the manifest: nothing but the
    /// sandbox is signed with it.
    /// </summary>
    private static readonly byte[] OwnKey = Convert.FromBase64String(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP2WPfY8yzA5Ooa+ce6wSWKYk77qE/HmmcceicoojwwehRANCAARydrj3gchF"
        + "/QoC8plnNyR+FxoSm6hYY00yUdOD7+iw63go92TyUTIzHOFz3ckHV22LjrEXdaMSCbS+oE48zf7+");

    /// <param name="isForged">Signed by a key that nobody has.</param>
    public static HttpRequestMessage Signed(SentMessage message, Receipt receipt, DateTimeOffset now, string id, bool isForged)
    {
        var body = Encoding.UTF8.GetBytes(new JsonArray(Of(message, receipt, id)).ToJsonString() + "\r\n");
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!isForged)
            key.ImportPkcs8PrivateKey(OwnKey, out _);
        var signature = key.SignData(
            [.. Encoding.ASCII.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new HttpRequestMessage(HttpMethod.Post, message.Order.Callback)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            Headers =
            {
                { "X-Twilio-Email-Event-Webhook-Timestamp", timestamp },
                { "X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature) },
            },
        };
    }

    private static JsonObject Of(SentMessage message, Receipt receipt, string id)
    {
        var told = new JsonObject
        {
            ["email"] = message.To, ["timestamp"] = (message.CreatedAt + receipt.After).ToUnixTimeSeconds(),
            ["smtp-id"] = $"<{message.Id}@ismtpd-1>", ["sg_event_id"] = id,
            ["sg_message_id"] = message.Id + ".filter0001.16648.5515E0B88.0", ["event"] = Word(receipt),
        };
        if (message.Order.Reference is { } reference)
            told["hub_reference"] = reference;
        foreach (var (name, value) in Why(receipt))
            told[name] = value;
        return told;
    }

    private static string Word(Receipt receipt) => receipt.Status switch
    {
        "sent" => "processed",
        "undelivered" => "bounce",
        "failed" => "dropped",
        _ => receipt.Status,
    };

    private static (string Name, string Value)[] Why(Receipt receipt) => receipt.ErrorCode switch
    {
        Unsubscribed => [("reason", "Unsubscribed Address")],
        SpamContent => [("reason", "Spam Content")],
        Blocked => [("type", "blocked"), ("status", "4.7.0"), ("reason", "450 4.7.0 Try again later")],
        NoSuchMailbox => [("type", "bounce"), ("status", "5.1.1"), ("reason", "550 5.1.1 No such user here")],
        _ => receipt.Status == "delivered" ? [("response", "250 OK")] : [],
    };
}
