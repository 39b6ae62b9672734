using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// Makes one more of something that is part of a tenant's configuration, of which it may have so many. They were counted before the commit;
/// each change of the configuration since may have made another one, so when these would not all fit it has to be counted again.
/// </summary>
/// <param name="seen">The configuration in which they were counted.</param>
public sealed class WithinLimit(TenantConfig seen, int present, int limit, LedgerWork<Result<Reply, Error>> work)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        work.Need(needs);
        ConfigVersion.Need(needs, seen.Tenant);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var changes = rows.Find(TenantTable.Instance, seen.Tenant)!.ConfigVersion - seen.Version;
        return present + changes < limit ? work.Decide(rows) : Error.ChangedMeanwhile();
    }
}
