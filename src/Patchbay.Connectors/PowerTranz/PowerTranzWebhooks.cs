using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// The form that the customer's browser brings from PowerTranz's page. It moves no money and is not signed: the address that it comes to is
/// the hub's proof that it is about a payment of the hub's, and the completion is the proof of the payment.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com/docs/spi-3ds-hpp-1. Others are never told of: PowerTranz has no webhooks.</remarks>
[Provider("powertranz")]
internal sealed class PowerTranzWebhooks : IReceiveWebhooks
{
    private const string Form = "application/x-www-form-urlencoded";

    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        request.Method == "POST" && request.Header("Content-Type")?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true
        && TransactionOf(request) is { } transaction && PowerTranzProof.Holds(request, transaction, connection);

    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (TransactionOf(request) is not { } transaction || Parse(request.Form().Find("Response")) is not { } told)
            return [new UnmappedEvent("The form has no transaction of PowerTranz.")];
        if (!PowerTranzProof.Fits(told, request))
            return [new UnmappedEvent("The form is about another payment than its address.")];
        if (told.IsoResponseCode is "SP4" or "HP0" or "3D4" or "3D5" or "3D6")
            return [];   // nothing has been decided yet
        var payment = request.Query().Find(PowerTranzProof.Order);
        var decision = PowerTranzAuthentication.Of(connection).Decide(
            told.IsoResponseCode, told.RiskManagement?.ThreeDSecure?.AuthenticationStatus);
        if (decision is null)
            return [new UnmappedEvent($"3-D Secure ended with the unknown code '{told.IsoResponseCode}'.")];
        if (decision != PowerTranzAuthentication.Completes)
            return [new PaymentEvent(payment, PowerTranzMapping.Failed(transaction, decision, told.ResponseMessage))];
        if ((request.Form().Find("SpiToken") ?? told.SpiToken) is not { Length: > 0 } token)
            return [new UnmappedEvent("The form has no SpiToken.")];
        return [new PaymentEvent(payment, new PaymentState(transaction, PaymentStatus.Processing)
        {
            ToBeCompleted = true,
            ProviderData = ProviderData.Of(new PowerTranzAgreement(transaction, request.ReceivedAt, token).Data),
        })];
    }

    public WebhookAnswer Acknowledge(WebhookRequest request, Connection connection) =>
        PowerTranzReturnPage.Of(request.Query().Find(PowerTranzProof.ReturnUrl));

    private static string? TransactionOf(WebhookRequest request) =>
        Guid.TryParse(request.Form().Find("TransactionIdentifier"), out var transaction) ? transaction.ToString() : null;

    private static PowerTranzTransaction? Parse(string? response)
    {
        try
        {
            return response is null ? null : JsonSerializer.Deserialize(response, PowerTranzJson.Default.PowerTranzTransaction);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
