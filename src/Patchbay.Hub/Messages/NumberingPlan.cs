using PhoneNumbers;
using PhoneNumber = Patchbay.Connectors.Contracts.PhoneNumber;

namespace Patchbay.Hub.Messages;

/// <summary>What the numbering plans of the world say about a number.</summary>
internal static class NumberingPlan
{
    private const string NotGeographic = "001";
    private const string NoCountryCode = "cannot exist: no country has its country code";

    // Reading the plans takes longer than anything at the start may: the first message does it.
    private static readonly Lazy<PhoneNumberUtil> Plans = new(PhoneNumberUtil.GetInstance);

    /// <summary>
    /// Why the number cannot exist; null when it can. Country code and length decide, not whether the range is in use: ranges open before a
    /// library knows, the numbers that providers keep for tests (Twilio's +1 500 555 0001) are in none, and the provider has the last word
    /// anyway.
    /// </summary>
    public static string? FaultOf(PhoneNumber number) => Read(number) is { } read
        ? Plans.Value.IsPossibleNumberWithReason(read) switch
        {
            PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
            PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => NoCountryCode,
            PhoneNumberUtil.ValidationResult.TOO_LONG => $"cannot exist: it is too long for the country code +{read.CountryCode}",
            PhoneNumberUtil.ValidationResult.INVALID_LENGTH =>
                $"cannot exist: no number of the country code +{read.CountryCode} has this length",
            _ => $"cannot exist: it is too short for the country code +{read.CountryCode}",
            // also one that could be dialled within an area
        }
        : NoCountryCode;

    /// <summary>ISO 3166-1 alpha-2; null where the plan does not tell, as for satellite phones.</summary>
    public static string? CountryOf(PhoneNumber number) =>
        Read(number) is { } read && Plans.Value.GetRegionCodeForNumber(read) is { } region and not NotGeographic ? region : null;

    private static PhoneNumbers.PhoneNumber? Read(PhoneNumber number)
    {
        try
        {
            return Plans.Value.Parse(number.Value, null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
