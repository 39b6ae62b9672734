using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Platform.Features;
using Patchbay.Platform.Retention;
using Patchbay.Storage;

namespace Patchbay.Server.Composition;

/// <summary>
/// Keeps the database for this hub where it is for one, brings the schema up to date, and does what features do once, before anything else
/// starts.
/// </summary>
internal sealed partial class SchemaAtStart(Migrator migrator, PartitionUpkeep partitions, Database database, IEnumerable<IAtStart> steps,
    ILogger<SchemaAtStart> logger) : IHostedService, IDisposable
{
    private IDisposable? _held;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _held ??= database.HoldForServing();
        if (database is SqliteDatabase { Files: var files })
        {
            foreach (var file in files)   // made by a version that let others read them
                OwnersFiles.Close(file);
        }

        var applied = await migrator.MigrateAsync(cancellationToken);
        if (applied.Count > 0)
            LogMigrated(applied.Count, database.Description);
        await partitions.PrepareAsync(cancellationToken);
        foreach (var step in steps)
            await step.RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _held?.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} migrations to {Database}")]
    private partial void LogMigrated(int count, string database);
}
