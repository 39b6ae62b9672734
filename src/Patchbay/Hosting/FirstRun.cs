using System.Text;
using Patchbay.Platform.Access;
using Patchbay.Server.Composition;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Onboarding;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>
/// On a database of its own that has no tenant yet, makes the tenant <c>default</c> with a live and a test key, so that one can begin at
/// once. The keys go into files that only their owner can read: logs are kept and passed on, and must hold no key. A shared database is
/// left to the operator.
/// </summary>
/// <remarks>
/// First the files, then the tenant with both keys as one: wherever it is cut off, there is a tenant whose keys lie in the files, or there
/// is none, and the next start begins anew.
/// </remarks>
internal sealed partial class FirstRun(
    Database database, HubOptions options, TenantCreation tenants, IdGenerator ids, TimeProvider time, ILogger<FirstRun> logger)
    : IHostedLifecycleService
{
    public const string TenantName = "default";
    private const string KeyName = "first run";
    private const string LiveFile = "first-api-key";
    private const string TestFile = "first-test-key";

    /// <summary>Null when there is no tenant of the name that the first run gives.</summary>
    public static async Task<TenantId?> FindTenantAsync(Database database, CancellationToken cancellationToken) =>
        await database.QueryAsync(
            "SELECT id FROM tenants WHERE name = @TenantName LIMIT 1", new { TenantName }, row => row.Id<TenantId>("id"),
            cancellationToken) is [var id] ? id : null;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Shards.Count > 0 || await HasTenantAsync(cancellationToken))
            return;   // with shards the operator says where tenants go
        if (database.CanBeShared)
        {
            LogHowToBegin();
            return;
        }

        var live = CreatedApiKey.First(ids.New<ApiKeyId>(), KeyName, live: true, time.GetUtcNow());
        var test = CreatedApiKey.First(ids.New<ApiKeyId>(), KeyName, live: false, time.GetUtcNow());
        var (liveFile, testFile) = (InDataFolder(LiveFile), InDataFolder(TestFile));
        await WriteAsync(live, liveFile, cancellationToken);
        await WriteAsync(test, testFile, cancellationToken);
        var tenant = await tenants.CreateAsync(TenantName, [live.Key, test.Key], cancellationToken);
        if (tenant.IsSuccess)
        {
            LogFirstKeys(TenantName, liveFile, testFile);
            return;
        }

        File.Delete(liveFile);   // somebody was faster; these keys are nobody's
        File.Delete(testFile);
    }

    private string InDataFolder(string name) => Path.GetFullPath(Path.Combine(options.DataFolder, name));

    private static async Task WriteAsync(CreatedApiKey key, string file, CancellationToken cancellationToken)
    {
        OwnersFiles.MakeFolderOf(file);
        await using var stream = OwnersFiles.Create(file);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(key.Secret), cancellationToken);
        stream.Flush(flushToDisk: true);   // before the tenant is there for good
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> HasTenantAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            "SELECT id FROM tenants WHERE id > @platform LIMIT 1", new { platform = PlatformTenant.Id }, row => row.Guid("id"),
            cancellationToken)).Count > 0;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "First run: made the tenant '{Tenant}'. Its API key is in {File}, one for sandbox mode in {TestFile}; move them where "
            + "you keep secrets and delete the files")]
    private partial void LogFirstKeys(string tenant, string file, string testFile);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "There is no tenant yet. Make one: patchbay tenants create NAME; patchbay keys create --tenant NAME --permissions '*'")]
    private partial void LogHowToBegin();
}
