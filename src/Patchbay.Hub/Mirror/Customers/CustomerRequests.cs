using System.ComponentModel.DataAnnotations;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>Mirrors a customer of the business system.</summary>
/// <param name="ExternalId">The business system's own id, 1 to 100 characters; stays.</param>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Language">BCP 47, such as <c>pt-BR</c>.</param>
/// <param name="TimeZone">IANA, such as <c>America/Sao_Paulo</c>.</param>
/// <param name="Metadata">As of payments.</param>
/// <example>
/// {"external_id":"C-1001","name":"Ann Example","email":"ann@example.com","phone":"+4915112345678","country":"DE","language":"de",
/// "time_zone":"Europe/Berlin"}
/// </example>
public sealed record CreateCustomerRequest(
    [Required] string? ExternalId = null, string? Name = null, string? Email = null, string? Phone = null, string? Country = null,
    string? Language = null, string? TimeZone = null, string? CompanyId = null, IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal SaveCustomerRequest Facts => new(Name, Email, Phone, Country, Language, TimeZone, CompanyId, Metadata);
}

/// <summary>What is known of a customer. PATCH leaves what is not given as it is; PUT writes all of it anew. Fields
/// as at creation.</summary>
/// <example>{"name":"Ann Example","email":"ann@example.com","country":"DE"}</example>
public sealed record SaveCustomerRequest(
    string? Name = null, string? Email = null, string? Phone = null, string? Country = null, string? Language = null,
    string? TimeZone = null, string? CompanyId = null, IReadOnlyDictionary<string, string>? Metadata = null);
