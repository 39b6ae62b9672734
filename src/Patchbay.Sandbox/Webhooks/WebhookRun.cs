namespace Patchbay.Sandbox.Webhooks;

/// <summary>Webhooks that tell of one thing to one address, sent one after the other.</summary>
/// <param name="Retries">How often each is sent again after a failure.</param>
/// <param name="Code">The magic code of what they tell of; null for none.</param>
public sealed record WebhookRun(string Provider, IReadOnlyList<Webhook> Webhooks, int Retries, string? Code = null);
