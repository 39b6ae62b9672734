using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>The bodies of PowerTranz's requests.</summary>
internal static class PowerTranzRequests
{
    private const int LongestReference = 36;

    public static PowerTranzSale Sale(PaymentRequest request, string currency, string transaction, Connection connection)
    {
        var names = (request.Customer?.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new PowerTranzSale(
            transaction, PowerTranzAmounts.ToWire(request.Amount), currency, true, request.PaymentId,
            request.Reference.UpTo(LongestReference), false,
            new PowerTranzAddress(
                names.Length > 0 ? string.Join(' ', names[..Math.Max(1, names.Length - 1)]) : null, names.Length > 1 ? names[^1] : null,
                request.Customer?.Email, request.Customer?.Phone?.TrimStart('+')),
            new PowerTranzExtendedData(
                new PowerTranzChallenge(4, "01"), PowerTranzProof.Address(request, currency, transaction, connection),
                new PowerTranzPage(connection.Value("page_set"), connection.Value("page_name"))));
    }

    /// <summary>
    /// A new GUID for each attempt, because one that PowerTranz has seen is refused: a page whose answer was lost was shown to nobody, and
    /// is opened again as another transaction.
    /// </summary>
    public static string NewTransaction(string idempotencyKey, DateTimeOffset now) => GuidOf(string.Create(
        CultureInfo.InvariantCulture, $"{idempotencyKey}|{now.UtcTicks}"));

    /// <summary>Made of a text, in the form of a random one.</summary>
    public static string GuidOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x40), (byte)(bytes[8] & 0x3F | 0x80));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>What a capture of the payment is called.</summary>
    public static string CaptureOf(string payment) => "capture_" + payment;

    /// <summary>What the void of the payment is called.</summary>
    public static string VoidOf(string payment) => "void_" + payment;
}
