using Patchbay.Platform.Loops;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>Removes files that were read, and those that no import names, in small steps.</summary>
public sealed class ImportUpkeep(Database database, TimeProvider time)
{
    private const int Step = 500;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    private const string Sql = """
        DELETE FROM affiliate_import_packs WHERE (tenant_id, id) IN (   -- engine scope: all tenants
            SELECT p.tenant_id, p.id FROM affiliate_import_packs AS p
              LEFT JOIN affiliate_imports AS i ON i.tenant_id = p.tenant_id AND i.id = p.import_id
             WHERE p.created_at < @before AND (i.id IS NULL OR i.ended_at IS NOT NULL) ORDER BY p.created_at LIMIT @Step)
        """;

    public Task RunAsync(CancellationToken cancellationToken) =>
        database.ExecuteInStepsAsync(Sql, Step, new { before = time.GetUtcNow() - Keep, Step }, cancellationToken);
}
