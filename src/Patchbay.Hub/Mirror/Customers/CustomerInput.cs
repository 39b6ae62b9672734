using System.Text.RegularExpressions;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>What a request says of a customer, once it was found good.</summary>
internal static partial class CustomerInput
{
    public static void Check(SaveCustomerRequest request, Faults faults)
    {
        faults.OptionalText(request.Name, "name", 200);
        faults.Email(request.Email, "email");
        faults.OptionalPhone(request.Phone, "phone");
        CountryCode.Read(request.Country, "country", faults);
        faults.Require(
            request.Language is null || LanguageTag().IsMatch(request.Language), "language", "must be a BCP 47 tag such as de or pt-BR");
        faults.Require(
            request.TimeZone is null || request.TimeZone.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out _),
            "time_zone", "must be an IANA time zone such as Europe/Berlin");
        faults.OptionalText(request.CompanyId, "company_id", 100);
        MetadataInput.Check(request.Metadata, faults);
    }

    /// <param name="keep">What is not given stays as it is.</param>
    public static CustomerRecord Apply(this SaveCustomerRequest request, CustomerRecord customer, bool keep)
    {
        var before = keep ? customer : customer with
        {
            Name = null, Email = null, Phone = null, Country = null, Language = null, TimeZone = null, CompanyId = null, Metadata = null,
        };
        return before with
        {
            Name = request.Name ?? before.Name,
            Email = request.Email ?? before.Email,
            Phone = request.Phone ?? before.Phone,
            Country = request.Country?.ToUpperInvariant() ?? before.Country,
            Language = request.Language ?? before.Language,
            TimeZone = request.TimeZone ?? before.TimeZone,
            CompanyId = request.CompanyId ?? before.CompanyId,
            Metadata = request.Metadata is null ? before.Metadata : new Dictionary<string, string>(request.Metadata),
        };
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")]
    private static partial Regex LanguageTag();
}
