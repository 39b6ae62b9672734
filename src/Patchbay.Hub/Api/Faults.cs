namespace Patchbay.Hub.Api;

/// <summary>Collects what is wrong with a request, all of it, by field.</summary>
public sealed class Faults
{
    private readonly SortedDictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    public bool Any => _fields.Count > 0;

    public void Add(string field, string message)
    {
        if (!_fields.TryGetValue(field, out var messages))
            _fields.Add(field, messages = []);
        messages.Add(message);
    }

    public void Require(bool holds, string field, string message)
    {
        if (!holds)
            Add(field, message);
    }

    /// <summary>Not null, not blank, not longer than so many characters.</summary>
    public string Text(string? value, string field, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, "is required");
        else if (value.Length > max)
            Add(field, $"has {value.Length} characters; at most {max} are allowed");
        return value ?? "";
    }

    public string? OptionalText(string? value, string field, int max)
    {
        if (value?.Length > max)
            Add(field, $"has {value.Length} characters; at most {max} are allowed");
        return value;
    }

    public Error ToError() => Error.Invalid(_fields.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
}
