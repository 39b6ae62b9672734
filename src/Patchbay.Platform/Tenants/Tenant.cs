using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// A company using the hub: what is one tenant's is no other's. Locking its row puts its configuration changes one after the other.
/// </summary>
/// <param name="ConfigVersion">Rises with every change of the configuration; how nodes notice changes.</param>
/// <param name="ConfigChanges">What its newest versions have changed; see <see cref="ConfigHistory"/>.</param>
[LedgerTable("tenants")]
public sealed partial record Tenant(
    [Key] TenantId Id, [Fixed] DateTimeOffset CreatedAt, string Name, long ConfigVersion, string ConfigChanges = "");
