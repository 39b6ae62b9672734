using Microsoft.AspNetCore.Http;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>What a list can be narrowed by: each filter is a parameter of the query, and a condition of the SQL.</summary>
public sealed class ListFilters
{
    private readonly List<Filter> _filters = [];

    internal IEnumerable<QueryParameter> Parameters => _filters.Select(filter => filter.Parameter);

    /// <param name="column">Null: named as the parameter.</param>
    public ListFilters Text(string name, string? column = null) =>
        Add(new QueryParameter(name), (text, where, _) => where.And($"{column ?? name} = @{name}", name, text));

    /// <summary>The id of what a row is of, in the column of that name.</summary>
    public ListFilters Id<TId>(string name)
        where TId : struct, ITypedId<TId> => Add(QueryParameter.IdOf<TId>(name), (text, where, faults) =>
        {
            faults.Require(TypeId.TryParse<TId>(text, out var id), name, $"is not an id of the form {TId.Prefix}_...");
            where.And($"{name} = @{name}", name, id);
        });

    /// <summary>One word of an enum, as it stands in a column.</summary>
    public ListFilters Word<TEnum>(string name, string? column = null)
        where TEnum : struct, Enum => Word<TEnum>(name, (value, where) => where.And($"{column ?? name} = @{name}", name, value.ToWord()));

    /// <summary>One word of an enum that no column has.</summary>
    /// <param name="narrow">Adds the condition for it.</param>
    public ListFilters Word<TEnum>(string name, Action<TEnum, SqlFilter> narrow)
        where TEnum : struct, Enum => Add(new QueryParameter(name) { Words = Words.All<TEnum>() }, (text, where, faults) =>
        {
            if (faults.Word<TEnum>(text, name) is { } value)
                narrow(value, where);
        });

    /// <summary><c>created_after</c> and <c>created_before</c>: ids are made in the order of time.</summary>
    public ListFilters Created() => Time("created_after", "id >= @created_after").Time("created_before", "id < @created_before");

    internal void Apply(IQueryCollection query, SqlFilter where, Faults faults)
    {
        foreach (var (parameter, narrow) in _filters)
        {
            if (query.TryGetValue(parameter.Name, out var text))
                narrow(text.ToString(), where, faults);
        }
    }

    private ListFilters Time(string name, string condition) => Add(new QueryParameter(name, "date-time"), (text, where, faults) =>
    {
        if (text.Length > 0 && faults.Moment(text, name) is { } at)
            where.And(condition, name, IdGenerator.LowestAt(at));
    });

    private ListFilters Add(QueryParameter parameter, Action<string, SqlFilter, Faults> narrow)
    {
        _filters.Add(new Filter(parameter, narrow));
        return this;
    }

    private sealed record Filter(QueryParameter Parameter, Action<string, SqlFilter, Faults> Narrow);
}
