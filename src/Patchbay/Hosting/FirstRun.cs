using System.Text;
using Patchbay.Platform.Access;
using Patchbay.Server.Composition;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Onboarding;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>
/// On a database of its own that has no tenant yet, makes the tenant <c>default</c> with a key, so that one can begin at once. The key goes
/// into a file that only its owner can read: logs are kept and passed on, and must hold no key. A shared database is left to the operator.
/// </summary>
internal sealed partial class FirstRun(
    Database database, HubOptions options, TenantCreation tenants, ApiKeyCreation keys, ILogger<FirstRun> logger) : IHostedLifecycleService
{
    private const string TenantName = "default";
    private const string FileName = "first-api-key";

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Shards.Count > 0 || await HasTenantAsync(cancellationToken))
            return;   // with shards the operator says where tenants go
        if (database.CanBeShared)
        {
            LogHowToBegin();
            return;
        }

        var tenant = await tenants.CreateAsync(TenantName, cancellationToken);
        if (!tenant.IsSuccess)
            return;   // somebody was faster
        var key = await keys.CreateAsync(tenant.Value.Id, new CreateApiKeyRequest("first run", [Permissions.All]), cancellationToken);
        var file = Path.GetFullPath(Path.Combine(options.DataFolder, FileName));
        OwnersFiles.MakeFolderOf(file);
        await using (var stream = OwnersFiles.Create(file))
            await stream.WriteAsync(Encoding.ASCII.GetBytes(key.Value.Secret), cancellationToken);
        LogFirstKey(TenantName, file);
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
        Message = "First run: made the tenant '{Tenant}'. Its API key is in {File}; move it where you keep secrets and delete the file")]
    private partial void LogFirstKey(string tenant, string file);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "There is no tenant yet. Make one: patchbay tenants create NAME; patchbay keys create --tenant NAME --permissions '*'")]
    private partial void LogHowToBegin();
}
