using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// The delivery that takes a deleted integration's address back from its provider. The integration's credentials are gone by then: it
/// brings them along, sealed as they were.
/// </summary>
public sealed class RemoveWebhook(Database database, Connections connections) : IDeliveryHandler
{
    /// <summary>A capability of the hub itself; no manifest names it.</summary>
    public const string Name = "remove_webhook";

    private static readonly ProviderCapability Declared = new(
        Name, IntegrationId.Prefix, new DeliveryRules(6, TimeSpan.FromDays(1), TimeSpan.FromSeconds(5), 6, MovesMoney: false));

    public string Capability => Name;

    public bool MovesMoney => false;

    /// <summary>Null when the hub has registered nothing.</summary>
    public static Delivery? NewDelivery(Integration integration, IdGenerator ids, DateTimeOffset now) =>
        integration.WebhookRegistration is not { } reference ? null
        : new Placement(Declared, integration.TenantId, integration.Id.Value, IntegrationLanes.FarewellsOf(integration.TenantId))
        {
            Payload = JsonSerializer.SerializeToUtf8Bytes(
                new Left(reference, integration.SealedCredentials), HubJson.Stored),
        }.New(ids, now);

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var left = JsonSerializer.Deserialize<Left>(delivery.Payload, HubJson.Stored)!;
        var key = new IntegrationKey(delivery.TenantId, new IntegrationId(delivery.SubjectId));
        var integration = await database.FindAsync(IntegrationTable.Instance, key, cancellationToken);
        var open = integration is null
            ? null : await connections.OpenAsync(integration with { SealedCredentials = left.SealedCredentials }, cancellationToken);
        return new IntegrationCall(open, Declared.Rules, (at, token) => at.CallAsync(
            () => at.Make<IRegisterWebhooks>().RemoveWebhookAsync(new WebhookReference(left.Reference), at.Connection, token)));
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
    }

    private sealed record Left(string Reference, byte[] SealedCredentials);
}
