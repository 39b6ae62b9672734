using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Hub.Retention;
using Patchbay.Storage;

namespace Patchbay.Hub.Hosting;

/// <summary>Brings the schema up to date before anything else starts.</summary>
internal sealed partial class SchemaAtStart(Migrator migrator, PartitionUpkeep partitions, Database database, ILogger<SchemaAtStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var applied = await migrator.MigrateAsync(cancellationToken);
        if (applied.Count > 0)
            LogMigrated(applied.Count, database.Description);
        await partitions.PrepareAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} migrations to {Database}")]
    private partial void LogMigrated(int count, string database);
}
