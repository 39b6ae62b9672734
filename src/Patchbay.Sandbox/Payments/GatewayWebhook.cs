namespace Patchbay.Sandbox.Payments;

/// <summary>A webhook as it is written when something happens; it is signed when it is sent.</summary>
/// <param name="Name">The vendor's name for the event, by which faults can strike it.</param>
public sealed record GatewayWebhook(string Name, byte[] Body, string ContentType = "application/json");
