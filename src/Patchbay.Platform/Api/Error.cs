namespace Patchbay.Platform.Api;

/// <summary>An expected refusal, as RFC 9457 will show it.</summary>
/// <param name="Code">Stable machine word; the last part of the problem's type URI.</param>
/// <param name="Detail">Says what to do.</param>
public sealed record Error(int Status, string Code, string Title, string Detail)
{
    /// <summary>Faults by field, for 422; null otherwise.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>The fields are already spelt as the caller spells them; else they are in snake_case.</summary>
    internal bool FieldsAsSent { get; init; }

    /// <summary>When trying again makes sense; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Error BadRequest(string code, string detail) => new(400, code, "The request cannot be read", detail);

    public static Error NotFound(string what) => new(404, "not_found", "Not found", $"There is no such {what}.");

    public static Error Conflict(string code, string detail) => new(409, code, "Not possible in the present state", detail);

    /// <summary>Somebody else was faster; nothing is wrong with the request itself.</summary>
    public static Error ChangedMeanwhile() =>
        Conflict("changed_meanwhile", "The tenant's configuration was changed at the same time; repeat the request.") with { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Error Forbidden(string code, string detail) => new(403, code, "Not permitted", detail);

    public static Error Unprocessable(string code, string detail) => new(422, code, "The request cannot be carried out", detail);

    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new(422, "validation_failed", "The request is not valid", "Correct the fields named in 'errors' and send it again.") { Fields = fields };

    public static Error Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });
}
