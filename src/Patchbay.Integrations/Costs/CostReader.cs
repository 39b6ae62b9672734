using Patchbay.Storage;

namespace Patchbay.Integrations.Costs;

/// <summary>Reads costs by what they are of.</summary>
public sealed class CostReader(Database database)
{
    /// <summary>So many lines are read; one thing has one or two.</summary>
    private const int Limit = 2000;

    /// <param name="subjects">TypeIDs, at most a page of them.</param>
    public async Task<ILookup<string, Cost>> OfAsync(
        TenantId tenant, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["tenant"] = tenant, ["Limit"] = Limit };
        foreach (var (number, subject) in subjects.Index())
            parameters[$"s{number}"] = subject;
        var names = subjects.Count == 0 ? "NULL" : string.Join(", ", subjects.Select((_, number) => $"@s{number}"));
        var costs = await database.QueryAsync(
            $"SELECT * FROM costs WHERE tenant_id = @tenant AND subject_id IN ({names}) ORDER BY id LIMIT @Limit", parameters,
            CostTable.Instance.Read, cancellationToken);
        return costs.ToLookup(cost => cost.SubjectId);
    }
}
