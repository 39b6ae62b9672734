using Patchbay.Platform.Api;
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
        var where = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).In("subject_id", "subject", subjects).With("limit", Limit);
        var costs = await database.QueryAsync(
            $"SELECT * FROM costs WHERE {where.Where} ORDER BY id LIMIT @limit", where.Parameters, CostTable.Instance.Read,
            cancellationToken);
        return costs.ToLookup(cost => cost.SubjectId);
    }
}
