using System.Globalization;
using System.Xml.Linq;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>
/// Reads one entry of a camt.053. One that is booked for several transactions, and says how much each is, becomes an entry of each.
/// </summary>
internal static class CamtEntry
{
    private const string Booked = "BOOK";
    private const int FullLine = 140;

    public static void Read(XElement entry, int line, string? account, StatementReading reading)
    {
        if ((entry.Text("Sts") ?? entry.Text("Sts", "Cd")) is { } status && status != Booked)
        {
            reading.Skip();
            return;
        }

        if (AmountIn(entry, "Amt") is not { } whole)
        {
            reading.Refuse(line, "the entry (Ntry) has no amount (Amt) with a currency that is known");
            return;
        }

        if (DayIn(entry, "BookgDt") is not { } day)
        {
            reading.Refuse(line, "the entry (Ntry) has no booking date (BookgDt) that can be read");
            return;
        }

        if (SignOf(entry) is not { } sign)
        {
            reading.Refuse(line, "the entry (Ntry) must have a CdtDbtInd of CRDT or DBIT");
            return;
        }

        var transactions = entry.All("NtryDtls").SelectMany(details => details.All("TxDtls")).ToList();
        var parts = PartsOf(transactions, sign, whole);
        foreach (var (part, amount, number) in parts)
        {
            reading.Add(line, amount, whole.Currency, (direction, money) => Of(entry, part, parts.Count > 1 ? number : null) with
            {
                Line = line, BookedOn = day, Direction = direction, Amount = money, Account = account,
            });
        }
    }

    /// <summary>Its transactions when they are all that it is of, to the last unit; else itself, with the one transaction it has.</summary>
    private static List<(XElement? Part, decimal Amount, int? Number)> PartsOf(
        List<XElement> transactions, int sign, (decimal Amount, Currency Currency) whole)
    {
        var amounts = transactions.Select(transaction =>
            (AmountIn(transaction, "Amt") ?? AmountIn(transaction, "AmtDtls", "TxAmt", "Amt")) is { } amount
                && amount.Currency == whole.Currency ? amount.Amount * (SignOf(transaction) ?? sign) : (decimal?)null).ToList();
        return transactions.Count > 1 && amounts.TrueForAll(amount => amount is not null)
            && amounts.Sum() == sign * whole.Amount
            ? [.. transactions.Zip(amounts).Select((pair, number) => ((XElement?)pair.First, pair.Second!.Value, (int?)(number + 1)))]
            : [(transactions is [var only] ? only : null, sign * whole.Amount, null)];
    }

    private static ReadEntry Of(XElement entry, XElement? part, int? number)
    {
        var bank = StatementTexts.Reference(entry.Text("AcctSvcrRef"));
        var own = StatementTexts.Reference(part?.Text("Refs", "AcctSvcrRef"));
        var name = own ?? (bank is not null && number is not null ? $"{bank}/{number}" : bank);
        var creditor = StatementTexts.Reference(part?.Text("RmtInf", "Strd", "CdtrRefInf", "Ref"));
        var endToEnd = StatementTexts.Reference(part?.Text("Refs", "EndToEndId"));
        return new ReadEntry
        {
            Line = 0, BookedOn = default, Direction = default, Amount = default,
            ValueOn = DayIn(entry, "ValDt"), IsReversal = entry.Text("RvslInd") is "true" or "1", EntryId = name,
            PaymentReference = endToEnd ?? creditor,
            BankReference = own ?? bank,   // NtryRef names it within its statement only
            Counterparty = part is null ? null : CounterpartyOf(part, (SignOf(part) ?? SignOf(entry)) > 0),
            Narrative = NarrativeOf(entry, part, endToEnd is null ? null : creditor),
        };
    }

    private static string? CounterpartyOf(XElement part, bool isIncoming)
    {
        var other = isIncoming ? "Dbtr" : "Cdtr";
        return StatementTexts.Clean(part.Text("RltdPties", other, "Nm") ?? part.Text("RltdPties", other, "Pty", "Nm"));
    }

    /// <param name="creditor">A creditor's reference that is not the payment's.</param>
    private static string? NarrativeOf(XElement entry, XElement? part, string? creditor)
    {
        var lines = part?.At("RmtInf")?.All("Ustrd").Select(line => line.Value.TrimEnd()).ToList() ?? [];
        var told = new[]
        {
            StatementTexts.JoinWrapped(lines, FullLine), creditor, part?.Text("AddtlTxInf"), entry.Text("AddtlNtryInf"),
        }.Where(text => !string.IsNullOrWhiteSpace(text));
        return StatementTexts.Clean(string.Join(' ', told), StatementTexts.MaxNarrative);
    }

    private static int? SignOf(XElement element) => element.Text("CdtDbtInd") switch { "CRDT" => 1, "DBIT" => -1, _ => null };

    private static (decimal Amount, Currency Currency)? AmountIn(XElement element, params string[] path) =>
        element.At(path) is { } at && PlainDecimal.TryParse(at.Value.Trim(), out var amount) && amount >= 0
            && Currency.TryParse(at.Attribute("Ccy")?.Value, out var currency) ? (amount, currency) : null;

    /// <summary>A date, or the date of a time as it is written.</summary>
    private static DateOnly? DayIn(XElement entry, string name) =>
        (entry.Text(name, "Dt") ?? entry.Text(name, "DtTm")) is { Length: >= 10 } text
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : null;
}
