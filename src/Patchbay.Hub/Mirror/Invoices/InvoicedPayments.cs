using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>What the business system has of a payment.</summary>
/// <param name="Invoice">That the payment was for.</param>
/// <param name="Record">Null when the payment was taken before the invoice was mirrored.</param>
public sealed record InvoicedPayment(Invoice Invoice, PaymentRecord? Record);

/// <summary>Reads what the business system has of payments.</summary>
public sealed class InvoicedPayments(Database database)
{
    /// <summary>Those that are for invoices that are mirrored; the others are not in it.</summary>
    /// <param name="payments">Of one tenant and mode, at most a thousand.</param>
    public async Task<IReadOnlyDictionary<PaymentId, InvoicedPayment>> OfAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyList<Payment> payments, CancellationToken cancellationToken)
    {
        var invoiced = payments.Where(payment => payment.InvoiceId is not null).ToList();
        if (invoiced.Count == 0)
            return new Dictionary<PaymentId, InvoicedPayment>();
        var records = (await InAsync(
            "payment_records", "payment_id", tenant, [.. invoiced.Select(payment => payment.Id.Value)],
            PaymentRecordTable.Instance.Read, cancellationToken)).ToDictionary(record => record.PaymentId);
        var names = await NamesAsync(tenant, mode, [.. invoiced.Where(payment => !records.ContainsKey(payment.Id))], cancellationToken);
        var meant = invoiced.ToDictionary(
            payment => payment.Id,
            payment => records.TryGetValue(payment.Id, out var record) ? record.InvoiceId
                : TypeId.TryParse<InvoiceId>(payment.InvoiceId, out var id) ? id
                : names.TryGetValue(payment.InvoiceId!, out var named) ? InvoiceId.From(named) : default);
        var invoices = (await InAsync(
            "invoices", "id", tenant, [.. meant.Values.Select(id => id.Value).Distinct()], InvoiceTable.Instance.Read,
            cancellationToken)).Where(invoice => invoice.Mode == mode).ToDictionary(invoice => invoice.Id);
        return meant.Where(pair => invoices.ContainsKey(pair.Value)).ToDictionary(
            pair => pair.Key, pair => new InvoicedPayment(invoices[pair.Value], records.GetValueOrDefault(pair.Key)));
    }

    private async Task<Dictionary<string, Guid>> NamesAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyList<Payment> payments, CancellationToken cancellationToken)
    {
        var names = await database.QueryByTextsAsync(
            "SELECT * FROM mirror_names WHERE tenant_id = @tenant AND mode = @mode AND kind = @kind AND", "external_id",
            [.. payments.Select(payment => payment.InvoiceId!)],
            new Dictionary<string, object?> { ["tenant"] = tenant, ["mode"] = mode.ToWord(), ["kind"] = MirrorKind.Invoice.ToWord() },
            ExternalNameTable.Instance.Read, cancellationToken);
        return names.ToDictionary(name => name.Key.ExternalId, name => name.NamedId, StringComparer.Ordinal);
    }

    /// <param name="table">A constant of the program, as the column is.</param>
    private Task<IReadOnlyList<TRow>> InAsync<TRow>(
        string table, string column, TenantId tenant, IReadOnlyList<Guid> ids, Func<Row, TRow> read,
        CancellationToken cancellationToken)
    {
        var where = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).In(column, "id", ids).With("limit", ids.Count);
        return database.QueryAsync($"SELECT * FROM {table} WHERE {where.Where} LIMIT @limit", where.Parameters, read, cancellationToken);
    }
}
