using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>
/// The order in which rows of affiliates are locked: the tenant's audit, its settings, then the rest. Nobody locks any of the rest without
/// the settings, so whatever was read holds until the commit, and no two nodes can wait for each other.
/// </summary>
internal static class AffiliateLock
{
    /// <summary>The settings, then what depends on them; nothing more where the tenant has none.</summary>
    public static void Need(LedgerNeeds needs, TenantId tenant, Action<LedgerNeeds> rest) =>
        needs.Row(AuditHeadTable.Instance, tenant, (more, _) => more.Row(AffiliateSettingsTable.Instance, tenant, (last, settings) =>
        {
            if (settings is not null)
                rest(last);
        }));
}
