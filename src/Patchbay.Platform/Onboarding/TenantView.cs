using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Onboarding;

/// <summary>Asks for a new tenant.</summary>
/// <param name="Name">1 to 100 characters; no other tenant may have it.</param>
/// <example>{"name":"Shop Brazil"}</example>
public sealed record CreateTenantRequest([Required] string? Name = null);

/// <summary>A tenant as the API shows it.</summary>
/// <param name="ApiKey">Its first key, with all permissions, to be handed over: only in the answer to the request that made the
/// tenant.</param>
public sealed record TenantView(
    TenantId Id, string Name, DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ApiKeyView? ApiKey = null)
{
    public static TenantView From(Tenant tenant, ApiKeyView? apiKey = null) => new(tenant.Id, tenant.Name, tenant.CreatedAt, apiKey);
}
