using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>
/// Tells the entries of an account apart, in whichever file they come: by what the bank calls them, else by all that they say. Of equals in
/// one file the first is the first in any other: banks give whole days.
/// </summary>
public sealed class EntryFingerprints(IntegrationMode mode, IntegrationId? integration)
{
    private readonly Dictionary<string, int> _equals = new(StringComparer.Ordinal);

    /// <summary>Of the next entry of the file.</summary>
    public Guid Next(ReadEntry entry)
    {
        var said = string.Join('\u001f', entry.EntryId is { } id ? ["id", id] : Content(entry));
        var index = _equals[said] = _equals.GetValueOrDefault(said) + 1;
        var whole = string.Join('\u001f', mode, integration, entry.Account, said, index.ToString(CultureInfo.InvariantCulture));
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 16), bigEndian: true);
    }

    private static string?[] Content(ReadEntry entry) =>
    [
        "content", entry.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{entry.Direction}",
        entry.Amount.MinorUnits.ToString(CultureInfo.InvariantCulture), entry.Amount.Currency.Code, entry.Narrative,
        entry.BankReference, entry.PaymentReference,
    ];
}
