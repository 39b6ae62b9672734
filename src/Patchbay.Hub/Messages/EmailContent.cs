namespace Patchbay.Hub.Messages;

/// <summary>What an e-mail has beside its text.</summary>
/// <param name="Html">Null: text alone.</param>
/// <param name="ReplyTo">Null: answers go to the sender.</param>
public sealed record EmailContent(string Subject, string? Html, string? ReplyTo);
