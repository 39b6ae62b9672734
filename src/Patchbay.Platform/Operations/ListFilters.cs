using System.Globalization;
using Microsoft.AspNetCore.Http;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>A parameter in the query of an endpoint that was declared.</summary>
/// <param name="Format">As JSON Schema names it; null for plain text.</param>
public sealed record QueryParameter(string Name, string? Format = null);

/// <summary>What a list can be narrowed by: each filter is a parameter of the query, and a condition of the SQL.</summary>
public sealed class ListFilters
{
    private readonly List<Filter> _filters = [];

    internal IEnumerable<QueryParameter> Parameters => _filters.Select(filter => filter.Parameter);

    /// <param name="column">Null: named as the parameter.</param>
    public ListFilters Text(string name, string? column = null) => Add(name, $"{column ?? name} = @{name}", null, (text, _) => text);

    /// <summary>One word of an enum.</summary>
    public ListFilters Word<TEnum>(string name, string? column = null)
        where TEnum : struct, Enum => Add(name, $"{column ?? name} = @{name}", null, (text, faults) =>
        {
            faults.Require(Words.TryParse<TEnum>(text, out _), name, $"must be one of {string.Join(", ", Words.All<TEnum>())}");
            return text;
        });

    /// <summary><c>created_after</c> and <c>created_before</c>: ids are made in the order of time.</summary>
    public ListFilters Created() => Time("created_after", "id >= @created_after").Time("created_before", "id < @created_before");

    internal void Apply(IQueryCollection query, SqlFilter where, Faults faults)
    {
        foreach (var (parameter, condition, read) in _filters)
        {
            if (query.TryGetValue(parameter.Name, out var text))
                where.And(condition, parameter.Name, read(text.ToString(), faults));
        }
    }

    private ListFilters Time(string name, string condition) => Add(name, condition, "date-time", (text, faults) =>
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        var good = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var at);
        faults.Require(good || text.Length == 0, name, "must be an RFC 3339 time such as 2026-03-01T12:00:00Z");
        return good ? IdGenerator.LowestAt(at) : null;
    });

    private ListFilters Add(string name, string condition, string? format, Func<string, Faults, object?> read)
    {
        _filters.Add(new Filter(new QueryParameter(name, format), condition, read));
        return this;
    }

    private sealed record Filter(QueryParameter Parameter, string Condition, Func<string, Faults, object?> Read);
}
