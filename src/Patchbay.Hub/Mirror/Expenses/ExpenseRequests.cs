using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>Mirrors an expense of the business system.</summary>
/// <param name="ExternalId">The business system's own id, 1 to 100 characters; stays.</param>
/// <param name="Supplier">1 to 200 characters.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Total">Decimal string in major units, above zero; a JSON number is accepted.</param>
/// <param name="Metadata">As of payments.</param>
/// <example>
/// {"external_id":"BILL-77","supplier":"Paper Ltd","currency":"EUR","total":"18.40","category":"office",
/// "incurred_at":"2026-11-20T00:00:00Z"}
/// </example>
public sealed record CreateExpenseRequest(
    [Required] string? ExternalId = null, [Required] string? Supplier = null, [Required] string? Currency = null,
    [Required, ReadAs(typeof(decimal))] JsonElement? Total = null, string? Category = null, string? Description = null,
    [Required] DateTimeOffset? IncurredAt = null, string? CompanyId = null, IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal SaveExpenseRequest Facts => new(Supplier, Currency, Total, Category, Description, IncurredAt, CompanyId, Metadata);
}

/// <summary>All that the business system says of an expense: what is not given is not so any more. Fields as at creation.</summary>
/// <example>{"supplier":"Paper Ltd","currency":"EUR","total":"18.40","incurred_at":"2026-11-20T00:00:00Z"}</example>
public sealed record PutExpenseRequest(
    [Required] string? Supplier = null, [Required] string? Currency = null, [Required, ReadAs(typeof(decimal))] JsonElement? Total = null,
    string? Category = null, string? Description = null, [Required] DateTimeOffset? IncurredAt = null, string? CompanyId = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal SaveExpenseRequest Facts => new(Supplier, Currency, Total, Category, Description, IncurredAt, CompanyId, Metadata);
}

/// <summary>What the business system says of an expense now; what is not given stays as it is. Fields as at creation.</summary>
/// <example>{"category":"office"}</example>
public sealed record SaveExpenseRequest(
    string? Supplier = null, string? Currency = null, [ReadAs(typeof(decimal))] JsonElement? Total = null, string? Category = null,
    string? Description = null, DateTimeOffset? IncurredAt = null, string? CompanyId = null,
    IReadOnlyDictionary<string, string>? Metadata = null);
