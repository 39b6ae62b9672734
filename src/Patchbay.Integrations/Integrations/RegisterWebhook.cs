using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>The delivery that registers an integration's address for webhooks at its provider.</summary>
public sealed class RegisterWebhook(Connections connections, TenantVault vault, IntegrationChanges changes) : IDeliveryHandler
{
    /// <summary>A capability of the hub itself; no manifest names it.</summary>
    public const string Name = "register_webhook";

    private static readonly ProviderCapability Declared = new(
        Name, IntegrationId.Prefix, new DeliveryRules(5, TimeSpan.FromHours(1), TimeSpan.FromSeconds(5), 4, MovesMoney: false));

    public string Capability => Name;

    public bool MovesMoney => false;

    public static Delivery NewDelivery(Integration integration, IdGenerator ids, DateTimeOffset now) =>
        new Placement(Declared, integration.TenantId, integration.Id.Value, integration.CheckLane).New(ids, now);

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var open = await connections.OpenAsync(delivery.TenantId, new IntegrationId(delivery.SubjectId), cancellationToken);
        var cipher = await vault.OpenAsync(delivery.TenantId, cancellationToken);
        return new IntegrationCall(open, Declared.Rules, (at, token) => at.CallAsync(async () =>
        {
            var topics = new WebhookTopics(at.Provider.Manifest.Webhooks!.Events);
            var made = await at.Make<IRegisterWebhooks>().RegisterWebhookAsync(topics, at.Connection, token);
            return made.Map(told => new Registered(
                told.Reference, told.Secret is null ? null : Credentials.SealWebhookSecret(cipher, at.Integration.Id, told.Secret)));
        }));
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report) => IntegrationChanges.Need(needs, KeyOf(delivery));

    public void Apply(LedgerRows rows, StepTaken step)
    {
        if (!step.Delivery.IsFinished || rows.Find(IntegrationTable.Instance, KeyOf(step.Delivery)) is not { DeletedAt: null } before)
            return;
        var (after, action) = step.Report?.Answer is Registered registered
            ? (before with
            {
                WebhookRegistration = registered.Reference, SealedWebhookSecret = registered.SealedSecret, WebhookProblem = null,
                RegisterAt = null,
            }, "integration.webhook_registered")
            : (before with { WebhookProblem = step.Delivery.LastMessage ?? "The provider was not asked.", RegisterAt = null }, null);
        changes.Write(rows, before, after, AuditLog.System, action, new { after.WebhookRegistration }, step.Now);
    }

    private static IntegrationKey KeyOf(Delivery delivery) => new(delivery.TenantId, new IntegrationId(delivery.SubjectId));

    /// <param name="SealedSecret">Null when the provider told none.</param>
    private sealed record Registered(string Reference, byte[]? SealedSecret);
}
