namespace Patchbay.Storage;

/// <summary>The schema and this program do not fit together.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
