using System.Net.Http.Headers;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Tells an account's endpoints what happened, in the order it happened.</summary>
internal sealed class StripeEvents(SandboxWorld world)
{
    private const int Retries = 3;
    private static readonly Secret NobodysKey = new("whsec_nobody_has_this_key");

    /// <param name="code">The magic code of the object the events are about; null for none.</param>
    public void Tell(StripeAccount account, string? code, params ReadOnlySpan<(string Type, object? Object)> happened)
    {
        if (account.Endpoints.Count == 0)
            return;
        var events = new List<EventView>(happened.Length);
        foreach (var (type, about) in happened)
            events.Add(Event(account, type, new EventDataView(about!)));
        Send(account, code, events);
    }

    /// <summary>A charge is settled after the events of its payment: an update, with what it was before.</summary>
    public void TellSettled(StripeAccount account, string? code, ChargeView charge) =>
        Send(account, code, [Event(account, "charge.updated", new EventDataView(charge) { PreviousAttributes = new UnsettledView() })]);

    private EventView Event(StripeAccount account, string type, EventDataView data) =>
        new(world.Ids.Letters("evt_"), type, world.Now.ToUnixTimeSeconds(), account.Livemode, data) { ApiVersion = EventView.Version };

    private void Send(StripeAccount account, string? code, IReadOnlyList<EventView> events)
    {
        foreach (var endpoint in account.Endpoints)
        {
            Webhook[] webhooks = [.. events.Where(one => endpoint.Wants(one.Type))
                .Select(one => Webhook(endpoint, one.Type, Body(endpoint, one)))];
            if (webhooks.Length > 0)
                world.Webhooks.Send(new WebhookRun("stripe", webhooks, Retries, code));
        }
    }

    /// <summary>In the version that the endpoint was made for.</summary>
    private static byte[] Body(StripeEndpoint endpoint, EventView happened) => JsonSerializer.SerializeToUtf8Bytes(
        happened with { ApiVersion = endpoint.ApiVersion ?? happened.ApiVersion }, StripeJson.Wire.EventView);

    private Webhook Webhook(StripeEndpoint endpoint, string type, byte[] body) => new(type, world.Options.WebhookGap, badSignature =>
    {
        // Signed anew for every attempt, because the signature carries the time.
        var signature = StripeSignature.Of(badSignature ? NobodysKey : endpoint.SigningSecret, world.Now.ToUnixTimeSeconds(), body);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        return request;
    });
}
