using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>What the mirror holds of the business system.</summary>
public enum MirrorKind
{
    Customer,
    Invoice,
    Expense,
}

/// <summary>What the business system calls something. Live and sandbox do not know each other's.</summary>
public readonly record struct ExternalNameKey(TenantId Tenant, IntegrationMode Mode, MirrorKind Kind, string ExternalId);

/// <summary>Which of the hub's things is meant by a name of the business system's: one, for good.</summary>
[LedgerTable("mirror_names", OnlyInserted = true)]
public sealed partial record ExternalName([Key] ExternalNameKey Key, Guid NamedId);
