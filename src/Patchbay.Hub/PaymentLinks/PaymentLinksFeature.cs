using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.PaymentLinks.Page;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Payment links over HTTP, and the page on which they are paid.</summary>
internal sealed class PaymentLinksFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["payment_links"];

    public void Add(IServiceCollection services) => services
        .AddSingleton<LinkChanges>().AddSingleton<IPaymentListener>(provider => provider.GetRequiredService<LinkChanges>())
        .AddSingleton<LinkHandlers>().AddSingleton<LinkPayer>().AddSingleton<PayPageServices>()
        .AddTimeline("payment_link", "read:payment_links", PaymentLinkTable.Instance, LinkView.Of)
        .AddSingleton<ExpiringLinks>().AddLoop<ExpiringLinks>("expiring payment links", TimeSpan.FromSeconds(10), due => due.RunAsync);

    public void Map(FeatureRoutes hub)
    {
        hub = hub with { Heading = "Payment links" };
        hub.Action<LinkHandlers, CreateLinkRequest>("payment_links.create", "POST /payment-links/", links => links.CreateAsync)
            .Answers<LinkView>(201).Says("Make a page on which anybody who has its address can pay");
        hub.ActionOn<LinkHandlers, LinkId>("payment_links.cancel", "POST /payment-links/{id}/cancel", links => links.CancelAsync)
            .Answers<LinkView>().Says("Take a link back; a payment that is under way on it goes on")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.List(
                "GET /payment-links/", PaymentLinkTable.Instance, LinkView.Of,
                by => by.Word<LinkStatus>("status").Word<IntegrationMode>("mode").Text("reference").Text("customer_id").Created())
            .Says("Payment links, newest first");
        hub.One<LinkHandlers, LinkId, PaymentLink, LinkView>(
            "GET /payment-links/{id}", "payment link", links => links.FindAsync, LinkView.Of).Says("A payment link");
        hub.Root.MapPayPage();
    }
}
