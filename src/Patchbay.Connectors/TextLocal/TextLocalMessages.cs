using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>Sends SMS. TextLocal answers before the message leaves, so what comes back is queued at best.</summary>
/// <remarks>
/// TextLocal has no idempotency key, and nothing tells of a message once its answer is lost but its receipt, which names the hub's id.
/// Sources: https://api.textlocal.in/docs/sendsms, https://api.txtlocal.com/docs/sendsms.
/// </remarks>
[Provider("textlocal")]
internal sealed class TextLocalMessages(ProviderHttp http) : ISendSms
{
    /// <summary>In characters; of a longer text the end would be missing.</summary>
    private const int LongestText = 766;

    public async Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.Body.Length > LongestText)
            return TextLocalFailures.TooLong(LongestText);
        var proof = TextLocalProof.Of(connection, request.MessageId);
        http.Hide(proof);
        using var message = TextLocalMessage.Create("send/", connection, Form(request, connection, proof));
        var reply = await http.SendAsync(message, TextLocalFailures.Classify, cancellationToken);
        return reply.Then(TextLocalFailures.Read).Then(answer => TextLocalMapping.FromSent(request.MessageId, answer));
    }

    private static FormBody Form(SmsRequest request, Connection connection, Secret proof) => new()
    {
        { "numbers", request.To.Digits },
        { "sender", TextLocalMessage.Number(request.From is { Length: > 0 } from ? from : connection.Value("sender")) },
        { "message", request.Body },
        { "custom", request.MessageId },
        { "receipt_url", TextLocalProof.Address(connection, request.MessageId, proof) },
        { "unicode", Word(SmsText.Of(request.Body).Encoding == "ucs2") },
        // TextLocal has no sandbox: a test is taken, and neither sent nor billed.
        { "test", Word(connection.Mode == IntegrationMode.Sandbox) },
    };

    private static string Word(bool value) => value ? "true" : "false";
}
