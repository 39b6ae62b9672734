using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>The mirror's customers over HTTP.</summary>
internal sealed class CustomersFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["customers"];

    public void Add(IServiceCollection services) =>
        services.AddSingleton<CustomerChanges>().AddSingleton<CustomerHandlers>().AddSingleton<CustomerTimeline>()
            .AddSingleton<ICustomerNames, CustomerNames>();

    public void Map(FeatureRoutes hub)
    {
        hub.Action<CustomerHandlers, CreateCustomerRequest>("customers.create", "POST /customers/", customers => customers.CreateAsync)
            .Answers<CustomerView>(201).Says("Mirror a customer of the business system").Refuses(MirrorErrors.Taken);
        hub.ActionOn<CustomerHandlers, CustomerId, SaveCustomerRequest>(
                "customers.change", "PATCH /customers/{id}", customers => customers.ChangeAsync)
            .Answers<CustomerView>().Says("Change what is known of a customer").Refuses(AccessErrors.WrongMode);
        hub.ActionOn<CustomerHandlers, string, SaveCustomerRequest>(
                "customers.put", "PUT /customers/by-external-id/{external_id}", customers => customers.PutAsync)
            .Answers<CustomerView>(200, 201).Says("Write a customer of the business system anew, or mirror them");
        hub.List(
                "GET /customers/", CustomerRecordTable.Instance, CustomerView.Of,
                by => by.Text("external_id").Text("email").Text("phone").Word<IntegrationMode>("mode").Created())
            .Says("Customers, newest first");
        hub.One<CustomerHandlers, CustomerId, CustomerRecord, CustomerView>(
            "GET /customers/{id}", "customer", customers => customers.FindAsync, CustomerView.Of).Says("A customer");
        hub.Api.MapGet("/customers/{id}/timeline", TimelineAsync).WithTags(hub.Heading).RequirePermission("read:customers")
            .Refuses(ApiErrors.NotFound).Produces<Page<TimelineEntryView>>()
            .WithSummary("What happened to and for the customer, newest first: what the key may read of it");
    }

    private static async Task<IResult> TimelineAsync(
        Ref<CustomerId> id, Caller caller, PageRequest page, CustomerHandlers customers, CustomerTimeline timeline,
        CancellationToken cancellationToken) =>
        await customers.FindAsync(caller.Tenant, id, cancellationToken) is { } customer
            ? Results.Json(await timeline.ReadAsync(caller, customer, page, cancellationToken), HubJson.Options)
            : Error.NotFound("customer").ToResult();
}
