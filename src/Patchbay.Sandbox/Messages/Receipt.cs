namespace Patchbay.Sandbox.Messages;

/// <summary>A status a message reaches some time after it was accepted.</summary>
internal sealed record Receipt(TimeSpan After, string Status, int? ErrorCode = null);
