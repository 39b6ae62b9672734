namespace Patchbay.Platform.Api;

/// <summary>An expected refusal, as RFC 9457 will show it.</summary>
/// <param name="Of">Why, as it was declared.</param>
/// <param name="Detail">Says what to do.</param>
public sealed record Error(ErrorCode Of, string Detail)
{
    /// <summary>As declared, but for what the web server itself refuses, which knows it better.</summary>
    public int Status { get; init; } = Of.Status;

    /// <summary>Stable machine word; the last part of the problem's type URI.</summary>
    public string Code => Of.Word;

    public string Title => Of.Title;

    /// <summary>Faults by field, for 422; null otherwise.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>The fields are already spelt as the caller spells them; else they are in snake_case.</summary>
    public bool FieldsAsSent { get; init; }

    /// <summary>When trying again makes sense; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Error NotFound(string what) => ApiErrors.NotFound.With($"There is no such {what}.");

    /// <summary>Somebody else was faster; nothing is wrong with the request itself.</summary>
    public static Error ChangedMeanwhile() =>
        ApiErrors.ChangedMeanwhile.With(
            "The tenant's configuration was changed at the same time; repeat the request.") with { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        ApiErrors.ValidationFailed.With("Correct the fields named in 'errors' and send it again.") with { Fields = fields };

    public static Error Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });
}
