namespace Patchbay.Connectors.Contracts;

/// <summary>What a provider publishes to check its signatures with, as it was fetched.</summary>
/// <param name="IsElsewhere">
/// It was not fetched from the provider: the operator points it elsewhere, at a sandbox for example. What comes from there no public
/// authority vouches for, but the operator's setting.
/// </param>
public sealed record WebhookKey(ReadOnlyMemory<byte> Content, bool IsElsewhere);
