using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>Mirrors an invoice of the business system.</summary>
/// <param name="ExternalId">The business system's own id, 1 to 100 characters; stays.</param>
/// <param name="Number">As people call it, at most 100 characters.</param>
/// <param name="CustomerId">Of a mirrored customer: <c>cus_...</c>, or the business system's id.</param>
/// <param name="Currency">ISO 4217; stays.</param>
/// <param name="Total">Decimal string in major units, above zero; a JSON number is accepted.</param>
/// <param name="Lines">At most 200.</param>
/// <param name="DueAt">When it is overdue, unless it is paid.</param>
/// <param name="Status"><c>draft</c>, <c>sent</c> (default) or <c>void</c>; what is paid follows from payments alone.</param>
/// <param name="Metadata">As of payments.</param>
/// <example>
/// {"external_id":"INV-2026-118","number":"2026-118","currency":"EUR","total":"240.00","due_at":"2026-12-15T00:00:00Z",
/// "lines":[{"description":"Consulting","quantity":"2","unit_price":"120.00"}]}
/// </example>
public sealed record CreateInvoiceRequest(
    [Required] string? ExternalId = null, string? Number = null, string? CustomerId = null, [Required] string? Currency = null,
    [Required, ReadAs(typeof(decimal))] JsonElement? Total = null, IReadOnlyList<InvoiceLineRequest>? Lines = null,
    DateTimeOffset? DueAt = null, InvoiceStage? Status = null, string? CompanyId = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal SaveInvoiceRequest Facts => new(Number, CustomerId, Currency, Total, Lines, DueAt, Status, CompanyId, Metadata);
}

/// <summary>All that the business system says of an invoice: what is not given is not so any more. Fields as at creation.</summary>
/// <example>{"currency":"EUR","total":"240.00","status":"sent"}</example>
public sealed record PutInvoiceRequest(
    string? Number = null, string? CustomerId = null, [Required] string? Currency = null,
    [Required, ReadAs(typeof(decimal))] JsonElement? Total = null, IReadOnlyList<InvoiceLineRequest>? Lines = null,
    DateTimeOffset? DueAt = null, InvoiceStage? Status = null, string? CompanyId = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal SaveInvoiceRequest Facts => new(Number, CustomerId, Currency, Total, Lines, DueAt, Status, CompanyId, Metadata);
}

/// <summary>What the business system says of an invoice now; what is not given stays as it is. Fields as at creation.</summary>
/// <param name="CustomerId">Of a mirrored customer; stays once money came in.</param>
/// <param name="Total">Above zero. What was paid beyond it is the customer's credit.</param>
/// <param name="Status"><c>draft</c>, <c>sent</c> or <c>void</c>. What was paid on a void one is the customer's credit.</param>
/// <example>{"status":"void"}</example>
public sealed record SaveInvoiceRequest(
    string? Number = null, string? CustomerId = null, string? Currency = null, [ReadAs(typeof(decimal))] JsonElement? Total = null,
    IReadOnlyList<InvoiceLineRequest>? Lines = null, DateTimeOffset? DueAt = null, InvoiceStage? Status = null, string? CompanyId = null,
    IReadOnlyDictionary<string, string>? Metadata = null);

/// <summary>What an invoice is for. All of it is kept as it is given; nothing is added up.</summary>
/// <param name="Description">1 to 500 characters.</param>
/// <param name="Quantity">A decimal, such as <c>"2"</c>; null: one.</param>
/// <param name="UnitPrice">A decimal in major units.</param>
/// <param name="Amount">A decimal in major units, for all of the line.</param>
/// <param name="Code">Of an article or an account, at most 100 characters.</param>
public sealed record InvoiceLineRequest(
    [Required] string? Description = null, string? Quantity = null, string? UnitPrice = null, string? Amount = null, string? Code = null)
{
    internal InvoiceLine Line => new(Description!, Quantity, UnitPrice, Amount, Code);
}
