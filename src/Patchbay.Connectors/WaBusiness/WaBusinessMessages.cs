using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>Sends texts and templates. Meta answers before the message leaves, so what comes back is queued at best.</summary>
/// <remarks>
/// Meta has no idempotency key, and nothing finds a message once its answer is lost: its status webhook does, which gives back the
/// hub's id. Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages.
/// </remarks>
[Provider("wa_business")]
internal sealed class WaBusinessMessages(ProviderHttp http) : ISendWhatsApp
{
    public async Task<Result<MessageState, ProviderFailure>> SendWhatsAppAsync(
        WhatsAppRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var body = WaBusinessBodies.Of(request, connection);
        if (!body.IsSuccess)
            return body.Error;
        using var message = WaBusinessMessage.Create(HttpMethod.Post, connection, "/messages");
        message.Content = JsonContent.Create(body.Value, WaBusinessJson.Default.WaBusinessBody);
        var sent = await http.SendAsync(message, WaBusinessJson.Default.WaBusinessSent, WaBusinessFailures.Classify, cancellationToken);
        return sent.Then(WaBusinessMapping.FromSent);
    }
}
