using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>The rows of <c>integrations</c>.</summary>
public sealed class IntegrationTable : Table<IntegrationKey, Integration>
{
    public static readonly IntegrationTable Instance = new();

    private IntegrationTable()
        : base("integrations", integration => integration.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("provider", integration => integration.Provider);
        Fixed("created_at", integration => integration.CreatedAt);
        Mutable("name", integration => integration.Name);
        Mutable("company_id", integration => integration.CompanyId);
        Mutable("mode", integration => integration.Mode.ToWord());
        Mutable("status", integration => integration.Status.ToWord());
        Mutable("status_reason", integration => integration.StatusReason);
        Mutable("fault", integration => integration.Fault.ToWord());
        Mutable("capabilities", integration => string.Join(' ', integration.Capabilities));
        Mutable("credentials", integration => integration.SealedCredentials);
        Mutable("shown_credentials", integration => integration.ShownCredentials);
        Mutable("settings", integration => integration.Settings);
        Mutable("account", integration => integration.Account);
        Mutable("authentication_failures", integration => integration.AuthenticationFailures);
        Mutable("health_failures", integration => integration.HealthFailures);
        Mutable("verified_at", integration => integration.VerifiedAt);
        Mutable("checked_at", integration => integration.CheckedAt);
        Mutable("check_at", integration => integration.CheckAt);
        Mutable("held", integration => integration.Held);
        Mutable("release_rate", integration => integration.ReleaseRate);
        Mutable("updated_at", integration => integration.UpdatedAt);
        Mutable("deleted_at", integration => integration.DeletedAt);
    }

    public override Integration Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<IntegrationId>("id"),
        Provider = row.Text("provider"),
        CreatedAt = row.Time("created_at"),
        Name = row.Text("name"),
        CompanyId = row.FindText("company_id"),
        Mode = Words.Parse<IntegrationMode>(row.Text("mode")),
        Status = Words.Parse<IntegrationStatus>(row.Text("status")),
        StatusReason = row.FindText("status_reason"),
        Fault = Words.Parse<IntegrationFault>(row.Text("fault")),
        Capabilities = row.Text("capabilities").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        SealedCredentials = row.Bytes("credentials"),
        ShownCredentials = row.Text("shown_credentials"),
        Settings = row.Text("settings"),
        Account = row.FindText("account"),
        AuthenticationFailures = row.Int("authentication_failures"),
        HealthFailures = row.Int("health_failures"),
        VerifiedAt = row.FindTime("verified_at"),
        CheckedAt = row.FindTime("checked_at"),
        CheckAt = row.FindTime("check_at"),
        Held = row.Flag("held"),
        ReleaseRate = row.FindDouble("release_rate"),
        UpdatedAt = row.Time("updated_at"),
        DeletedAt = row.FindTime("deleted_at"),
    };
}
