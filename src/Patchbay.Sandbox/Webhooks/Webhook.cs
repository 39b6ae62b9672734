namespace Patchbay.Sandbox.Webhooks;

/// <summary>One webhook to one address.</summary>
/// <param name="Name">The event, or the message status, it tells of.</param>
/// <param name="After">How long after the one before it, or after its cause, it is sent.</param>
/// <param name="Compose">Makes the signed request of one attempt; true asks for a signature made with a key nobody has.</param>
public sealed record Webhook(string Name, TimeSpan After, Func<bool, HttpRequestMessage> Compose)
{
    public bool BadSignature { get; init; }
}
