using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>Writes one customer.</summary>
/// <param name="keep">What is not given stays as it is.</param>
internal sealed class SaveCustomer(
    MirrorTarget<CustomerKey> target, SaveCustomerRequest request, bool keep, CustomerChanges changes, Caller caller, DateTimeOffset now)
    : MirrorWork<CustomerKey, CustomerRecord>(CustomerRecordTable.Instance, target, "customer")
{
    protected override Result<Reply, Error> Write(LedgerRows rows, CustomerRecord? before)
    {
        if (caller.RefusalIn(before?.Mode) is { } refusal)
            return refusal;
        var known = before ?? new CustomerRecord
        {
            TenantId = caller.Tenant, Id = Target.Key.Id, Mode = caller.Mode, ExternalId = Target.Name!.Value.ExternalId,
            CreatedAt = now, UpdatedAt = now,
        };
        var after = request.Apply(known, keep) with { UpdatedAt = now };
        changes.Write(
            rows, before, after, caller.Actor, before is null ? "create" : "update", new { fields = GivenFields.Of(request) }, now);
        return before is null
            ? Reply.Created(CustomerView.Of(after), $"/api/v1/customers/{after.Id}")
            : Reply.Ok(CustomerView.Of(after));
    }
}
