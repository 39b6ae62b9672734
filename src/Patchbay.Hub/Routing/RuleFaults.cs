namespace Patchbay.Hub.Routing;

/// <summary>What is wrong with a rule as a caller sent it: messages by the path of the field, for the <c>errors</c> of a 422.</summary>
public sealed class RuleFaults
{
    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool IsEmpty => _messages.Count == 0;

    public IReadOnlyDictionary<string, string[]> ByField =>
        _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);

    public void Add(string path, string message)
    {
        if (!_messages.TryGetValue(path, out var messages))
            _messages[path] = messages = [];
        if (!messages.Contains(message))
            messages.Add(message);
    }

    /// <summary>True when something was said about this path or a part of it.</summary>
    public bool Concern(string path) => _messages.Keys.Any(key => IsAt(path, key));

    /// <summary>All that was said about this path and its parts; null when nothing was.</summary>
    public string? About(string path) =>
        Concern(path) ? string.Join("; ", _messages.Where(pair => IsAt(path, pair.Key)).SelectMany(pair => pair.Value)) : null;

    public override string ToString() => string.Join("; ", _messages.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}"));

    private static bool IsAt(string path, string key) =>
        key.StartsWith(path, StringComparison.Ordinal) && (key.Length == path.Length || key[path.Length] is '.' or '[');
}
