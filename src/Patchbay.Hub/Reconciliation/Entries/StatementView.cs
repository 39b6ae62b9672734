using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>A statement as the API shows it.</summary>
/// <param name="Status"><c>importing</c> when its import was broken off: send the same file again, and it goes on.</param>
/// <param name="Known">Entries that were there already, from other files.</param>
/// <param name="Matched">At once, as <c>unmatched</c>; the list of entries says how it is now.</param>
public sealed record StatementView(
    StatementId Id, IntegrationMode Mode, StatementStatus Status, StatementFormat Format, IntegrationId? IntegrationId, string FileHash,
    string? FirstDay, string? LastDay, int Entries, int Known, int Skipped, int Matched, int Unmatched, string ImportedBy,
    DateTimeOffset CreatedAt)
{
    public static StatementView Of(Statement statement) => new(
        statement.Id, statement.Mode, statement.Status, statement.Format, statement.IntegrationId, statement.FileHash,
        Days.Text(statement.FirstDay), Days.Text(statement.LastDay), statement.Entries, statement.Known, statement.Skipped,
        statement.Matched, statement.Entries - statement.Matched, statement.ImportedBy, statement.CreatedAt);
}
