namespace Patchbay.Engine;

/// <summary>This node may have been declared dead while it was about to accept something; nothing was written.</summary>
public sealed class LeaseLostException() : Exception("This node is not confirmed any more.");
