using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>What a search by amount is asked with, whatever it is of.</summary>
public static class Amounts
{
    /// <summary><c>tenant</c>, <c>mode</c>, <c>currency</c>, <c>amount</c>, <c>limit</c>, and ids <c>from</c> and <c>until</c>.</summary>
    public static IReadOnlyDictionary<string, object?> Parameters(
        TenantId tenant, IntegrationMode mode, Money amount, DateTimeOffset from, DateTimeOffset until, int limit) =>
        new Dictionary<string, object?>
        {
            ["tenant"] = tenant, ["mode"] = mode.ToWord(), ["currency"] = amount.Currency.Code, ["amount"] = amount.MinorUnits,
            ["from"] = IdGenerator.LowestAt(from), ["until"] = IdGenerator.LowestAt(until), ["limit"] = limit,
        };
}
