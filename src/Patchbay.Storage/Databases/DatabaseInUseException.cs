namespace Patchbay.Storage;

/// <summary>Another hub serves a database that only one can; the message says what to do.</summary>
public sealed class DatabaseInUseException(string message) : IOException(message);
