using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>What can be done with customers.</summary>
public sealed class CustomerHandlers(Database database, CustomerChanges changes, IdGenerator ids, TimeProvider time)
{
    public Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateCustomerRequest request, CancellationToken cancellationToken) =>
        Named(caller, request.ExternalId, request.Facts, mustBeNew: true);

    public Task<Result<Operation, Error>> PutAsync(
        Caller caller, string externalId, SaveCustomerRequest request, CancellationToken cancellationToken) =>
        Named(caller, ExternalNames.FromPath(externalId), request, mustBeNew: false);

    public Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, CustomerId id, SaveCustomerRequest request, CancellationToken cancellationToken) =>
        Save(caller, new MirrorTarget<CustomerKey>(caller.Tenant, null, id.Value, KeyIn(caller)), request,
            keep: true, new Faults());

    public Task<CustomerRecord?> FindAsync(TenantId tenant, CustomerId id, CancellationToken cancellationToken) =>
        database.FindAsync(CustomerRecordTable.Instance, new CustomerKey(tenant, id), cancellationToken);

    private Task<Result<Operation, Error>> Named(Caller caller, string? externalId, SaveCustomerRequest request, bool mustBeNew)
    {
        var faults = new Faults();
        return Save(
            caller, MirrorTarget<CustomerKey>.Named(
                caller, MirrorKind.Customer, externalId, ids.NewGuid(), KeyIn(caller), mustBeNew, faults),
            request, keep: false, faults);
    }

    private Task<Result<Operation, Error>> Save(
        Caller caller, MirrorTarget<CustomerKey> target, SaveCustomerRequest request, bool keep, Faults faults)
    {
        CustomerInput.Check(request, faults);
        return Task.FromResult<Result<Operation, Error>>(faults.Any
            ? faults.ToError()
            : new Operation(new SaveCustomer(target, request, keep, changes, caller, time.GetUtcNow())));
    }

    private static Func<Guid, CustomerKey> KeyIn(Caller caller) => id => new CustomerKey(caller.Tenant, CustomerId.From(id));
}
