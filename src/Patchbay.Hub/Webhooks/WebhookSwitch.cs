namespace Patchbay.Hub.Webhooks;

/// <summary>Switching an endpoint on and off, with its relay. Pure.</summary>
internal static class WebhookSwitch
{
    /// <summary>Held events go out; so does, at once, what waited for its next try. Nothing changes when it is active.</summary>
    public static (Webhook Webhook, WebhookRelayState Relay) Activate(Webhook webhook, WebhookRelayState relay, DateTimeOffset now)
    {
        if (webhook.IsActive)
            return (webhook, relay);
        return (
            webhook with { IsActive = true, DisabledReason = null, DisabledAt = null, UpdatedAt = now },
            relay.Recovered() with { IsActive = true, Expedite = true });
    }

    /// <summary>A person switches it off: events are held from now on.</summary>
    public static (Webhook Webhook, WebhookRelayState Relay) Deactivate(Webhook webhook, WebhookRelayState relay, DateTimeOffset now)
    {
        if (!webhook.IsActive)
            return (webhook, relay);
        return (
            webhook with { IsActive = false, DisabledReason = null, DisabledAt = now, UpdatedAt = now },
            relay.Recovered() with { IsActive = false });
    }
}
