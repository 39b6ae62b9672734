using Microsoft.Extensions.Primitives;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Which events a caller asks for.</summary>
/// <param name="After">Null when the caller did not say.</param>
internal sealed record EventRequest(EventId? After, EventPatterns Patterns, int Limit)
{
    /// <param name="field">Where <paramref name="after"/> came from.</param>
    /// <param name="types">Each may hold several, separated by commas.</param>
    /// <param name="limit">From 1 to 200; null is 50.</param>
    public static EventRequest Read(string? after, string field, StringValues types, string? limit, EventTypes known, Faults faults)
    {
        EventId id = default;
        if (!string.IsNullOrEmpty(after) && !TypeId.TryParse(after, out id))
            faults.Add(field, $"must be an id of the form {EventId.Prefix}_...");
        var patterns = types.SelectMany(
            text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToArray();
        known.Check(patterns, "type", faults);
        var most = 50;
        if (limit is not null && !PageRequest.TryLimit(limit, out most))
            faults.Add("limit", PageRequest.LimitRule);
        return new EventRequest(string.IsNullOrEmpty(after) ? null : id, EventPatterns.Of(patterns), most);
    }
}
