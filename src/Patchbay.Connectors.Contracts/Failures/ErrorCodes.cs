using System.Collections;

namespace Patchbay.Connectors.Contracts;

/// <summary>What one of a provider's error codes means.</summary>
/// <param name="Text">For an operator; webhooks often carry only the code.</param>
public sealed record ErrorMeaning(FailureOutcome Outcome, FailureCause Cause, string Text);

/// <summary>The codes of one provider that the hub acts on or explains: a table, written as a collection initialiser.</summary>
public sealed class ErrorCodes : IEnumerable<KeyValuePair<string, ErrorMeaning>>
{
    private readonly Dictionary<string, ErrorMeaning> _known = new(StringComparer.Ordinal);

    public void Add(string code, FailureOutcome outcome, FailureCause cause, string text) =>
        _known.Add(code, new ErrorMeaning(outcome, cause, text));

    /// <summary>A code that comes only with messages that were not delivered, so that nothing has to be decided about it.</summary>
    public void Add(string code, string text) => Add(code, FailureOutcome.Rejected, FailureCause.Recipient, text);

    /// <summary>Null for a code that is not in the table.</summary>
    public ErrorMeaning? Find(string? code) => code is null ? null : _known.GetValueOrDefault(code);

    /// <summary>
    /// Lets the code decide where it is known and the status is below 500: a refusal with a code proves that nothing happened, while a
    /// 5xx may have come after the work was done, whatever its code says.
    /// </summary>
    public ProviderFailure Refine(ProviderFailure failure) => failure.HttpStatus < 500 && Find(failure.Code) is { } known
        ? failure with { Outcome = known.Outcome, Cause = known.Cause, NothingHappened = true }
        : failure;

    public IEnumerator<KeyValuePair<string, ErrorMeaning>> GetEnumerator() => _known.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
