using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>What can be done with invoices.</summary>
public sealed class InvoiceHandlers(Database database, InvoiceChanges changes, IdGenerator ids, TimeProvider time)
{
    public Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateInvoiceRequest request, CancellationToken cancellationToken) =>
        Named(caller, request.ExternalId, request.Facts, mustBeNew: true);

    public Task<Result<Operation, Error>> PutAsync(
        Caller caller, string externalId, PutInvoiceRequest request, CancellationToken cancellationToken) =>
        Named(caller, ExternalNames.FromPath(externalId), request.Facts, mustBeNew: false);

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, InvoiceId id, SaveInvoiceRequest request, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } invoice
            ? Error.NotFound("invoice")
            : Save(
                caller, new MirrorTarget<InvoiceKey>(caller.Tenant, null, invoice.Id.Value, KeyIn(caller)), request, invoice.Total.Currency,
                new Faults());

    public Task<Invoice?> FindAsync(TenantId tenant, InvoiceId id, CancellationToken cancellationToken) =>
        database.FindAsync(InvoiceTable.Instance, new InvoiceKey(tenant, id), cancellationToken);

    /// <summary>By any of its names; null when it is not mirrored.</summary>
    public async Task<Invoice?> FindAsync(TenantId tenant, IntegrationMode mode, string text, CancellationToken cancellationToken)
    {
        if (TypeId.TryParse<InvoiceId>(text, out var id))
            return await FindAsync(tenant, id, cancellationToken) is { } invoice && invoice.Mode == mode ? invoice : null;
        var name = new ExternalNameKey(tenant, mode, MirrorKind.Invoice, text);
        return await database.FindAsync(ExternalNameTable.Instance, name, cancellationToken) is { } named
            ? await FindAsync(tenant, InvoiceId.From(named.NamedId), cancellationToken) : null;
    }

    /// <summary>One row more than the page has, newest payment first.</summary>
    internal Task<IReadOnlyList<PaymentRecord>> PaymentsAsync(
        TenantId tenant, InvoiceId invoice, PageRequest page, CancellationToken cancellationToken) => database.QueryAsync(
        """
        SELECT * FROM payment_records WHERE tenant_id = @tenant AND invoice_id = @invoice AND payment_id < @Before
         ORDER BY payment_id DESC LIMIT @limit
        """,
        new { tenant, invoice, page.Before, limit = page.Limit + 1 }, PaymentRecordTable.Instance.Read, cancellationToken);

    private Task<Result<Operation, Error>> Named(Caller caller, string? externalId, SaveInvoiceRequest request, bool mustBeNew)
    {
        var faults = new Faults();
        return Task.FromResult(Save(
            caller, MirrorTarget<InvoiceKey>.Named(
                caller, MirrorKind.Invoice, externalId, ids.NewGuid(), KeyIn(caller), mustBeNew, faults),
            request, null, faults));
    }

    private Result<Operation, Error> Save(
        Caller caller, MirrorTarget<InvoiceKey> target, SaveInvoiceRequest request, Currency? known, Faults faults) =>
        InvoiceInput.Read(request, known, faults) is { } input
            ? new Operation(new SaveInvoice(target, input, keep: known is not null, changes, caller, time.GetUtcNow()))
            : faults.ToError();

    private static Func<Guid, InvoiceKey> KeyIn(Caller caller) => id => new InvoiceKey(caller.Tenant, InvoiceId.From(id));
}
