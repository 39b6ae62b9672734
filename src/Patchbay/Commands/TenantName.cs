using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Hub.Api;
using Patchbay.Hub.Tenants;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>The option that says which tenant: its id or its name.</summary>
internal static class TenantName
{
    public static Option<string?> Option(bool required) => new("--tenant")
    {
        Description = "The tenant's name or id.",
        HelpName = "NAME",
        Required = required,
    };

    /// <exception cref="RefusedException">There is no such tenant.</exception>
    public static async Task<Tenant> FindAsync(HubCore hub, string text, CancellationToken cancellationToken)
    {
        var isId = TypeId.TryParse<TenantId>(text, out var id);
        return await hub.Get<Database>().FindAsync(
            isId ? "SELECT * FROM tenants WHERE id = @id" : "SELECT * FROM tenants WHERE name = @text",   // command line scope: all tenants
            isId ? new { id } : new { text }, TenantTable.Instance.Read, cancellationToken)
            ?? throw new RefusedException(Error.NotFound($"tenant as '{text}'"));
    }
}
