namespace Patchbay.Storage;

/// <summary>The answer to a commit was lost: it may or may not have happened.</summary>
public sealed class LedgerUncertainException(Exception inner) : Exception("The connection to the database broke during a commit.", inner);
