using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>
/// Mollie's two kinds of webhooks. A classic one, sent to the address that went with the payment, names the payment and no more: it is a
/// hint, and the hub asks. A next-gen one is signed and says what happened.
/// </summary>
/// <remarks>Source: https://docs.mollie.com/reference/webhooks and https://docs.mollie.com/reference/webhooks-new.</remarks>
[Provider("mollie")]
internal sealed partial class MollieWebhooks : IReceiveWebhooks
{
    private const string Form = "application/x-www-form-urlencoded";

    public bool IsGenuine(WebhookRequest request, Connection connection) => MollieSignature.IsThere(request)
        ? MollieSignature.IsGenuine(request, connection)
        : IsForm(request) && MollieProof.Holds(request, connection);

    /// <summary>
    /// All classic webhooks about a payment are alike, so each is one of its own, by when it came: what is asked once more does no harm,
    /// what is not asked is missed.
    /// </summary>
    public string? EventId(WebhookRequest request) => MollieSignature.IsThere(request)
        ? ReadEvent(request)?.Id
        : string.Create(CultureInfo.InvariantCulture, $"{request.Form().Find("id")}@{request.ReceivedAt.UtcTicks}");

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (!MollieSignature.IsThere(request))
            return [ReadClassic(request)];
        if (ReadEvent(request) is not { } received)
            return [new UnmappedEvent("The body is not an event of Mollie.")];
        try
        {
            return ReadEntity(received, connection) is { } known ? [known] : [];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"{received.Type}: the entity could not be read at {exception.Path ?? "$"}.")];
        }
    }

    private static ProviderEvent ReadClassic(WebhookRequest request) =>
        request.Form().Find("id") is { } id && PaymentId().IsMatch(id)
            ? new PaymentHint(null, id)
            : new UnmappedEvent("The body names no payment (id=tr_...).");

    private static ProviderEvent? ReadEntity(MollieEvent received, Connection connection) => received.Type.Split('.')[0] switch
    {
        "payment" => Entity(received, MollieJson.Default.MolliePayment) is { } payment
            ? OfPayment(payment, received, connection) : new PaymentHint(null, received.EntityId),
        "refund" => Entity(received, MollieJson.Default.MollieRefund) is { } refund
            ? OfRefund(refund, received, connection) : new RefundHint(null, received.EntityId),
        // Without its entity it does not say of which payment it is; the payment's own classic webhook does.
        "capture" or "chargeback" => Entity(received, MollieJson.Default.MolliePart)?.PaymentId is { } payment
            ? new PaymentHint(null, payment) : null,
        _ => null,
    };

    /// <summary>A subscription tells of all payments of an account. Chargebacks have to be asked about: only their sum is told.</summary>
    private static ProviderEvent OfPayment(MolliePayment payment, MollieEvent received, Connection connection)
    {
        if (Foreign(payment.Mode, connection) is { } foreign)
            return foreign;
        if (MollieMapping.Reference(payment.Metadata) is not { } reference)
            return new ForeignEvent($"The payment {payment.Id} was not made by this hub: its metadata has no reference.");
        var state = MollieMapping.FromPayment(payment);
        return !state.IsSuccess ? new UnmappedEvent(state.Error.Message)
            : state.Value.Disputes.Count > 0 ? new PaymentHint(reference, payment.Id)
            : new PaymentEvent(reference, state.Value with { At = received.CreatedAt });
    }

    private static ProviderEvent OfRefund(MollieRefund refund, MollieEvent received, Connection connection)
    {
        if (Foreign(refund.Mode, connection) is { } foreign)
            return foreign;
        var state = MollieMapping.FromRefund(refund);
        return state.IsSuccess
            ? new RefundEvent(MollieMapping.Reference(refund.Metadata), state.Value with { At = received.CreatedAt })
            : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Null when it is of this integration's mode, or does not say.</summary>
    private static ForeignEvent? Foreign(string? mode, Connection connection) =>
        mode is null || mode == (connection.Mode == IntegrationMode.Live ? "live" : "test") ? null : new ForeignEvent(
            $"The event is in {mode} mode, the integration is {(connection.Mode == IntegrationMode.Live ? "live" : "a sandbox")}: "
            + "give each mode a webhook and an integration of its own.");

    private static T? Entity<T>(MollieEvent received, JsonTypeInfo<T> json)
        where T : class => received.Embedded?.Entity.Deserialize(json);

    private static bool IsForm(WebhookRequest request) =>
        request.Header("Content-Type")?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;

    private static MollieEvent? ReadEvent(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, MollieJson.Default.MollieEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^tr_[A-Za-z0-9]{1,64}$")]
    private static partial Regex PaymentId();
}
