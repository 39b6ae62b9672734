namespace Patchbay.Engine;

/// <summary>
/// A feature could not apply what happened, or wrote what the database refuses: a bug, which no repetition cures.
/// </summary>
internal sealed class HandlerFailedException(Exception inner) : Exception("A feature failed to apply the outcome of a delivery.", inner);
