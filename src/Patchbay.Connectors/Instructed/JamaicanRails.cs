using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Instructed;

/// <summary>How banks in Jamaica clear transfers: ACH up to J$1,000,000, RTGS above.</summary>
/// <remarks>Source: https://www.jnbank.com/rtgs.</remarks>
internal static class JamaicanRails
{
    private const decimal AchLimit = 1_000_000;

    public static string Of(Money amount) => amount.Currency.Code != "JMD" ? ""
        : amount.Amount <= AchLimit ? "ACH: sent before noon, it arrives within about a day"
        : "RTGS: sent before 2 pm, it arrives within about two hours";
}
