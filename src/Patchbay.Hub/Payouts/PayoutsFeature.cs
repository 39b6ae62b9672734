using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts.ClosedLoop;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Routing;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Payouts;

/// <summary>Payouts over HTTP.</summary>
internal sealed class PayoutsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["payouts"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<PayoutChanges>().AddSingleton<PayoutHandlers>().AddSingleton<ClosedLoopGuard>()
            .AddSingleton<IPaymentListener, DepositsOfPayments>()
            .AddMoneySearch(PayoutTable.Instance, payout => payout.Id.Value, "reference", "provider_reference");
        services.AddProviderDelivery<InitiatePayout>(PayoutCapabilities.Initiate);
        services.AddProviderDelivery<CompletePayout>(PayoutCapabilities.Complete);
        services.AddProviderDelivery<VerifyPayout>(PayoutCapabilities.Verify);
        services.AddSingleton<IProviderEventTarget, PayoutEventTarget>().AddSingleton<IProviderEventTarget, PayoutHintTarget>();
        services.AddFollowUp<PayoutFollowUp>("payout verification");
        services.AddTimeline("payout", "read:payouts", PayoutTable.Instance, PayoutView.Of);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<PayoutHandlers, CreatePayoutRequest>("payouts.create", "POST /payouts/", payouts => payouts.CreateAsync)
            .Answers<PayoutView>(202, 201).MovesMoney().Says("Pay money out")
            .Refuses(PayoutErrors.Disabled, RoutingErrors.NoActiveProvider, PayoutErrors.NoWebhookSecret, PayoutErrors.ClosedLoop,
                ApiErrors.ChangedMeanwhile);
        hub.ActionNamed("payments.refunds.create").Refuses(PayoutErrors.ClosedLoop);
        hub.ActionNamed("deliveries.retry").Refuses(PayoutErrors.ClosedLoop);
        hub.ActionOn<PayoutHandlers, PayoutId, ApprovePayoutRequest>(
                "payouts.approve", "POST /payouts/{id}/approve", payouts => payouts.ApproveAsync)
            .Answers<PayoutView>(202, 201).Says("Let a payout leave that another person proposed")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, PayoutErrors.SamePerson, PayoutErrors.Disabled);
        hub.ActionOn<PayoutHandlers, PayoutId>("payouts.cancel", "POST /payouts/{id}/cancel", payouts => payouts.CancelAsync)
            .Answers<PayoutView>(202).Says("Take back a payout that was not sent yet")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, DeliveryErrors.Finished, DeliveryErrors.InDoubt);
        hub.ActionOn<PayoutHandlers, PayoutId, ResolvePayoutRequest>(
                "payouts.resolve", "POST /payouts/{id}/resolve", payouts => payouts.ResolveAsync)
            .Answers<PayoutView>(202).Says("Say how a payout ended whose provider does not tell")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, PayoutErrors.SamePerson);
        hub.ActionOn<PayoutHandlers, PayoutId>("payouts.verify", "POST /payouts/{id}/verify", payouts => payouts.VerifyAsync)
            .Answers<PayoutView>(202, 201).Says("Ask the provider how the payout stands")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.Action<PayoutHandlers, SetPayoutSettingsRequest>(
                "payouts.settings.set", "PUT /payouts/settings", payouts => payouts.SetSettingsAsync)
            .Answers<PayoutSettingsView>()
            .Says("Turn the kill switch; when a second person has to agree, and whether money goes back to where it came from");
        hub.Api.MapGet("/payouts/settings", SettingsAsync).WithTags(hub.Heading).RequirePermission("read:payouts")
            .Produces<PayoutSettingsView>().WithSummary("What holds for all payouts");
        hub.List(
                "GET /payouts/", PayoutTable.Instance, PayoutView.Of,
                by => by.Word<PayoutPhase>("status").Word<IntegrationMode>("mode").Text("reference").Text("customer_id").Created())
            .Says("Payouts, newest first");
        hub.One<PayoutHandlers, PayoutId, Payout, PayoutView>(
            "GET /payouts/{id}", "payout", payouts => payouts.FindAsync, PayoutView.Of).Says("A payout");
    }

    private static async Task<IResult> SettingsAsync(Caller caller, PayoutHandlers payouts, CancellationToken cancellationToken) =>
        Results.Json(PayoutSettingsView.Of(await payouts.SettingsAsync(caller.Tenant, cancellationToken)), HubJson.Options);
}
