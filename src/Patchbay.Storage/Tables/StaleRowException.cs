namespace Patchbay.Storage;

/// <summary>A row was changed or deleted by somebody else: what was believed of it no longer holds.</summary>
internal sealed class StaleRowException() : Exception("A row that was to be updated is not there, or not as it was.");
