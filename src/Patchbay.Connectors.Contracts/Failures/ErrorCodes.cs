using System.Collections;

namespace Patchbay.Connectors.Contracts;

/// <summary>What one of a provider's error codes means.</summary>
/// <param name="Text">For an operator; webhooks often carry only the code.</param>
public sealed record ErrorMeaning(FailureReason Reason, FailureOutcome Outcome, string Text)
{
    public FailureCause Cause => Reason.Cause();
}

/// <summary>The codes of one provider that the hub knows: a table, written as a collection initialiser.</summary>
public sealed class ErrorCodes : IEnumerable<KeyValuePair<string, ErrorMeaning>>
{
    private readonly Dictionary<string, ErrorMeaning> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);

    /// <summary>A code that says no more than the status it comes with, whichever that is.</summary>
    public void Add(string code) => _plain.Add(code);

    public void Add(string code, FailureReason reason, string text) => Add(code, reason, reason.Outcome(), text);

    /// <summary>Where the outcome is not the reason's usual one.</summary>
    public void Add(string code, FailureReason reason, FailureOutcome outcome, string text) =>
        _known.Add(code, new ErrorMeaning(reason, outcome, text));

    /// <summary>Null for a code that is not in the table.</summary>
    public ErrorMeaning? Find(string? code) => code is null ? null : _known.GetValueOrDefault(code);

    /// <summary>What a code that came with an answer or a webhook tells.</summary>
    /// <param name="message">What the provider says of it; null takes what the table says.</param>
    public FailureDetail Explain(string code, string? message = null) =>
        Find(code) is { } known ? new FailureDetail(code, message ?? known.Text, known.Reason) : new FailureDetail(code, message, null);

    /// <summary>
    /// Lets the code decide where it is known and the status is below 500: a refusal with a code proves that nothing happened, while a
    /// 5xx may have come after the work was done, whatever its code says.
    /// </summary>
    public ProviderFailure Refine(ProviderFailure failure) => (Find(failure.Code), failure.HttpStatus) switch
    {
        (null, _) => _plain.Contains(failure.Code) ? failure with { IsUnmapped = false } : failure,
        (_, >= 500) => failure with { IsUnmapped = false },
        var (known, _) => failure with
        {
            Outcome = known.Outcome, Cause = known.Cause, Reason = known.Reason, IsUnmapped = false, NothingHappened = true,
        },
    };

    public IEnumerator<KeyValuePair<string, ErrorMeaning>> GetEnumerator() => _known.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
