using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Customers;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>Writes one invoice.</summary>
/// <param name="keep">What is not given stays as it is.</param>
internal sealed class SaveInvoice(
    MirrorTarget<InvoiceKey> target, InvoiceInput input, bool keep, InvoiceChanges changes, Caller caller, DateTimeOffset now)
    : MirrorWork<InvoiceKey, Invoice>(InvoiceTable.Instance, target, "invoice")
{
    private readonly ExternalNameKey? _customer = input.Request.CustomerId is { } customer
        ? new ExternalNameKey(caller.Tenant, caller.Mode, MirrorKind.Customer, customer) : null;

    protected override void NeedWith(LedgerNeeds needs, Invoice? before) => InvoiceChanges.NeedCustomer(needs, before);

    protected override void NeedBeside(LedgerNeeds needs)
    {
        if (_customer is { } name)
        {
            ExternalNames.Need<CustomerId, CustomerKey, CustomerRecord>(
                needs, name, CustomerRecordTable.Instance, KeyOf, (_, _) => { });
        }
    }

    protected override Result<Reply, Error> Write(LedgerRows rows, Invoice? before)
    {
        if (caller.RefusalIn(before?.Mode) is { } refusal)
            return refusal;
        var known = before ?? new Invoice
        {
            TenantId = caller.Tenant, Id = Target.Key.Id, Mode = caller.Mode, ExternalId = Target.Name!.Value.ExternalId,
            Total = input.Total!.Value, Stage = InvoiceStage.Sent, CreatedAt = now, UpdatedAt = now,
        };
        var wished = input.Apply(known, keep);
        if (_customer is { } name)
        {
            var customer = ExternalNames.Find<CustomerId, CustomerKey, CustomerRecord>(rows, name, CustomerRecordTable.Instance, KeyOf);
            if (customer is null || customer.Mode != known.Mode)
                return Error.Invalid("customer_id", "is no customer that is mirrored here: mirror the customer first");
            wished = wished with { CustomerId = customer.Id };
        }

        if (Fixed(known, wished) is { } what)
            return InvoiceErrors.Fixed.With(what);
        var after = changes.Write(
            rows, before, wished, caller.Actor, before is null ? "create" : "update",
            new { fields = GivenFields.Of(input.Request), total = wished.Total.ToAmountString(), stage = wished.Stage }, now);
        return before is null
            ? Reply.Created(InvoiceView.Of(after), $"/api/v1/invoices/{after.Id}")
            : Reply.Ok(InvoiceView.Of(after));
    }

    /// <summary>What cannot be changed, and is wished to be; null when nothing.</summary>
    private static string? Fixed(Invoice before, Invoice after) =>
        before.Total.Currency != after.Total.Currency
            ? $"The invoice is in {before.Total.Currency.Code}: void it and mirror another one."
        : before.Paid != 0 && before.CustomerId is not null && before.CustomerId != after.CustomerId
            ? "Money came in for it: its customer stays."
        : null;

    private CustomerKey KeyOf(CustomerId id) => new(caller.Tenant, id);
}
