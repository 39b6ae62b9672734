namespace Patchbay.Engine;

/// <summary>
/// What happened cannot be recorded as it is: a feature fails to apply it, or the database takes no such rows. A bug, which no repetition
/// cures.
/// </summary>
internal sealed class UnrecordableException(Exception inner) : Exception("The outcome of a delivery cannot be recorded as it is.", inner);
