namespace Patchbay.Platform.Api;

/// <summary>Builds the WHERE of a list query from the filters that were given; values are always parameters.</summary>
public sealed class SqlFilter
{
    private readonly List<string> _conditions = [];
    private readonly Dictionary<string, object?> _parameters = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object?> Parameters => _parameters;

    public string Where => string.Join(" AND ", _conditions);

    /// <param name="condition">SQL with <c>@name</c> in it; a constant of the program.</param>
    public SqlFilter And(string condition, string name, object? value)
    {
        if (value is null)
            return this;
        _conditions.Add(condition);
        return With(name, value);
    }

    /// <param name="column">A constant of the program.</param>
    /// <param name="values">None: nothing fits.</param>
    public SqlFilter In<T>(string column, string name, IReadOnlyCollection<T> values)
    {
        foreach (var (number, value) in values.Index())
            With($"{name}{number}", value);
        return And(values.Count == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", values.Select((_, number) => $"@{name}{number}"))})");
    }

    public SqlFilter And(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    public SqlFilter With(string name, object? value)
    {
        _parameters[name] = value;
        return this;
    }
}
