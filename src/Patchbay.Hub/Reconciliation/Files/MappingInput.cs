using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>A mapping that was found good in form.</summary>
internal sealed record MappingInput(
    StatementMapping Columns, char Delimiter, char DecimalSign, DateForm Dates, Currency? Fixed, int SkipLines, bool HasHeader)
{
    private const int MaxName = 200;
    private const int MaxSkipped = 100;

    /// <summary>Null when something is wrong, which is added to the faults.</summary>
    public static MappingInput? Read(StatementMapping mapping, bool isSettlement, Faults faults)
    {
        Demand(mapping, isSettlement, faults);
        foreach (var (field, column) in Named(mapping))
            faults.OptionalText(column, At(field), MaxName);
        var delimiter = mapping.Delimiter switch { null => ",", "\\t" => "\t", var given => given };
        faults.Require(
            delimiter is [not ('"' or '\r' or '\n')] && !char.IsSurrogate(delimiter[0]), At("delimiter"),
            "must be one character, such as ; or \\t, and not a quote");
        faults.Require(mapping.DecimalSign is null or "." or ",", At("decimal_sign"), "must be . or ,");
        var dates = DateForm.TryParse(mapping.DateFormat ?? DateForm.Default);
        faults.Require(
            dates is not null, At("date_format"), "must be made of d, M, y (at least two), H, m, s and signs, such as dd.MM.yyyy");
        Currency? currency = null;
        if (mapping.FixedCurrency is { } code)
        {
            faults.Require(Currency.TryParse(code, out var known), At("fixed_currency"), "is not an ISO 4217 code");
            currency = known;
        }

        faults.Require(
            mapping.SkipLines is null or (>= 0 and <= MaxSkipped), At("skip_lines"), $"must be a whole number from 0 to {MaxSkipped}");
        return faults.Any ? null : new MappingInput(
            mapping, delimiter[0], mapping.DecimalSign is "," ? ',' : '.', dates!, currency, mapping.SkipLines ?? 0,
            mapping.Header ?? true);
    }

    /// <summary>Every column that is mapped, by the field that names it.</summary>
    public static IEnumerable<(string Field, string Column)> Named(StatementMapping mapping) => new (string Field, string? Column)[]
    {
        ("date", mapping.Date), ("value_date", mapping.ValueDate), ("amount", mapping.Amount), ("credit", mapping.Credit),
        ("debit", mapping.Debit), ("currency", mapping.Currency), ("narrative", mapping.Narrative), ("reference", mapping.Reference),
        ("counterparty", mapping.Counterparty), ("entry_id", mapping.EntryId), ("provider_reference", mapping.ProviderReference),
        ("gross", mapping.Gross), ("fee", mapping.Fee), ("net", mapping.Net),
    }.Where(named => named.Column is not null).Select(named => (named.Field, named.Column!));

    public static string At(string field) => "mapping." + field;

    private static void Demand(StatementMapping mapping, bool isSettlement, Faults faults)
    {
        faults.Require(mapping.Date is not null, At("date"), "is required");
        faults.Require(
            mapping.Currency is not null ^ mapping.FixedCurrency is not null, At("currency"),
            "is required, or fixed_currency: one of them");
        if (isSettlement)
        {
            faults.Require(mapping.ProviderReference is not null, At("provider_reference"), "is required of a settlement");
            faults.Require(mapping.Gross is not null ^ mapping.Amount is not null, At("gross"), "is required of a settlement");
            faults.Require(mapping.Credit is null && mapping.Debit is null, At("credit"), "is for a bank's statement: map gross");
            return;
        }

        faults.Require(
            mapping.Amount is not null ? mapping is { Credit: null, Debit: null } : mapping is { Credit: not null, Debit: not null },
            At("amount"), "is required, or credit and debit: one or the other");
        faults.Require(
            mapping is { Gross: null, Fee: null, Net: null }, At("gross"),
            "is for a settlement, as fee and net are: send it with format settlement");
    }
}
