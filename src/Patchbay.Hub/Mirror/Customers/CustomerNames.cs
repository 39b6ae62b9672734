using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>Callers may name a mirrored customer by the hub's id.</summary>
internal sealed class CustomerNames(Database database) : ICustomerNames
{
    public async ValueTask<string> OfAsync(TenantId tenant, IntegrationMode mode, string name, CancellationToken cancellationToken) =>
        TypeId.TryParse<CustomerId>(name, out var id)
        && await database.FindAsync(CustomerRecordTable.Instance, new CustomerKey(tenant, id), cancellationToken) is { } customer
        && customer.Mode == mode
            ? customer.ExternalId : name;
}
