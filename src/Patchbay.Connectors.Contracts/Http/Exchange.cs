namespace Patchbay.Connectors.Contracts;

/// <summary>What is kept of one HTTP exchange with a provider: enough to explain an attempt, nothing that is secret.</summary>
/// <param name="RequestHash">SHA-256 of the request body; of the empty body when there was none.</param>
/// <param name="RequestExcerpt">Method, path and redacted body, at most 2 KiB.</param>
/// <param name="ResponseHash">Null when no answer came.</param>
/// <param name="ResponseExcerpt">Redacted body, at most 2 KiB; null when no answer came.</param>
/// <param name="HttpStatus">Null when no answer came.</param>
public sealed record Exchange(
    byte[] RequestHash, string RequestExcerpt, byte[]? ResponseHash, string? ResponseExcerpt, int? HttpStatus);
