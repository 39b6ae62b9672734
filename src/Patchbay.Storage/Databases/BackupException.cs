namespace Patchbay.Storage;

/// <summary>A backup could not be made; the message says what to do.</summary>
public sealed class BackupException(string message) : Exception(message);
