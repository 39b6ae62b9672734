using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Files;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Reads a bank's CSV, or a provider's settlement.</summary>
internal sealed class CsvStatement(MappingInput mapping, bool isSettlement, StatementReading reading)
{
    private CsvColumns _columns = null!;

    /// <param name="faults">What is wrong with the mapping, seen with the file.</param>
    public async Task ReadAsync(string text, Faults faults, CancellationToken cancellationToken)
    {
        using var lines = new StringReader(text);
        for (var skipped = 0; skipped < mapping.SkipLines; skipped++)
            await lines.ReadLineAsync(cancellationToken);
        var csv = new CsvReader(lines, CsvColumns.MaxColumns, mapping.Delimiter);
        CsvRecord? header = null;
        if (mapping.HasHeader)
        {
            header = await csv.ReadAsync(cancellationToken);
            if (header is null || header.Fault is not null)
            {
                reading.Refuse(mapping.SkipLines + (header?.Line ?? 1), header?.Fault ?? "there is no header");
                return;
            }

            header = header with { Line = header.Line + mapping.SkipLines };
        }

        _columns = new CsvColumns(mapping.Columns, header, faults);
        if (faults.Any)
            return;
        var (rows, columns) = (0, header?.Fields.Count);
        while (!reading.IsOver && await csv.ReadAsync(cancellationToken) is { } record)
        {
            rows++;
            if (record.Fields.All(string.IsNullOrWhiteSpace) && record.Fault is null)
                continue;
            columns ??= record.Fields.Count;
            Read(record with { Line = record.Line + mapping.SkipLines, Fault = record.Fault ?? FaultOf(record, columns.Value) });
        }

        if (rows == 0)
            reading.Refuse("has no row");
    }

    /// <summary>A sign that a value was split, or the file was cut off; empty columns at the end are none.</summary>
    private static string? FaultOf(CsvRecord record, int columns) =>
        record.Fields.Count < columns || record.Fields.Skip(columns).Any(field => !string.IsNullOrWhiteSpace(field))
            ? $"has {record.Fields.Count} columns where the first line has {columns}: quote values that hold the delimiter" : null;

    private void Read(CsvRecord record)
    {
        if (record.Fault is not null)
        {
            reading.Refuse(record.Line, record.Fault);
            return;
        }

        var (line, day, value, currency) = (record.Line, DayIn(record, "date"), DayIn(record, "value_date"), CurrencyOf(record));
        var amount = isSettlement ? AmountIn(record, "gross") ?? AmountIn(record, "amount") : Signed(record);
        var (fee, net) = (AmountIn(record, "fee"), AmountIn(record, "net"));
        if (day is null && _columns.Find(record, "date") is null)
            reading.Refuse(line, "there is no date");
        if (amount is null && !HasAmount(record))
            reading.Refuse(line, "there is no amount");
        var named = StatementTexts.Reference(_columns.Find(record, "provider_reference"));
        if (day is null || amount is null || currency is not { } of)
            return;
        var kept = isSettlement && KeptOf(amount.Value, fee, net) is { } keeps ? reading.MoneyOf(line, keeps, of) : null;
        reading.Add(line, amount.Value, of, (direction, money) => new ReadEntry
        {
            Line = line, BookedOn = day.Value, ValueOn = value, Direction = direction, Amount = money,
            EntryId = StatementTexts.Reference(_columns.Find(record, "entry_id")),
            PaymentReference = named ?? StatementTexts.Reference(_columns.Find(record, "reference")),
            BankReference = named is null ? null : StatementTexts.Reference(_columns.Find(record, "reference")),
            Counterparty = StatementTexts.Clean(_columns.Find(record, "counterparty")),
            Narrative = StatementTexts.Clean(_columns.Find(record, "narrative"), StatementTexts.MaxNarrative), Fee = kept,
        });
    }

    /// <summary>Some providers write what they keep below zero; what is left tells which.</summary>
    private static decimal? KeptOf(decimal gross, decimal? fee, decimal? net) => (fee, net) switch
    {
        (null, null) => null,
        (null, { } left) => gross - left,
        ({ } kept, { } left) when gross + kept == left => -kept,
        ({ } kept, null) => Math.Abs(kept),
        ({ } kept, _) => kept,
    };

    private bool HasAmount(CsvRecord record) =>
        new[] { "amount", "gross", "credit", "debit" }.Any(field => _columns.Find(record, field) is not null);

    private decimal? Signed(CsvRecord record)
    {
        if (mapping.Columns.Amount is not null)
            return AmountIn(record, "amount");
        var (credit, debit) = (AmountIn(record, "credit"), AmountIn(record, "debit"));
        if (credit is not (null or 0) && debit is not (null or 0))
        {
            reading.Refuse(record.Line, "has both a credit and a debit");
            return null;
        }

        return credit is not (null or 0) ? credit : debit is { } out_ ? -Math.Abs(out_) : credit;
    }

    private decimal? AmountIn(CsvRecord record, string field)
    {
        if (_columns.Find(record, field) is not { } text)
            return null;
        if (AmountText.TryParse(text, mapping.DecimalSign, out var amount))
            return amount;
        reading.Refuse(
            record.Line, $"{field} '{Shown(text)}' is not an amount; with decimal_sign {mapping.DecimalSign} it is as 1{Other}250"
                + $"{mapping.DecimalSign}50");
        return null;
    }

    private char Other => mapping.DecimalSign == '.' ? ',' : '.';

    private DateOnly? DayIn(CsvRecord record, string field)
    {
        if (_columns.Find(record, field) is not { } text)
            return null;
        if (mapping.Dates.Read(text) is { } day)
            return day;
        reading.Refuse(
            record.Line, $"{field} '{Shown(text)}' is not a date of the form {mapping.Columns.DateFormat ?? DateForm.Default}");
        return null;
    }

    private Currency? CurrencyOf(CsvRecord record)
    {
        if (mapping.Fixed is { } known)
            return known;
        var text = _columns.Find(record, "currency")?.Trim();
        if (Currency.TryParse(text, out var currency))
            return currency;
        reading.Refuse(record.Line, text is null ? "there is no currency" : $"currency '{Shown(text)}' is not an ISO 4217 code");
        return null;
    }

    /// <summary>As a refusal can show it.</summary>
    private static string Shown(string text) => StatementTexts.Clean(text, 40) ?? "";
}
