namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>How the text of a file is encoded.</summary>
public enum StatementEncoding
{
    Utf8,
    Latin1,
}

/// <summary>
/// Which columns of a CSV file hold what, and how they are written. A column is named as the header has it, or by its number from 1 where
/// there is no header.
/// </summary>
/// <param name="Date">The column of the day on which it was booked; required.</param>
/// <param name="ValueDate">The column of the value date.</param>
/// <param name="Amount">The column of the amount, below zero for what goes out; required unless <c>credit</c> and <c>debit</c> are.</param>
/// <param name="Credit">The column of what came in.</param>
/// <param name="Debit">The column of what went out, with or without a minus.</param>
/// <param name="Currency">The column of the currency; required unless <c>fixed_currency</c> is.</param>
/// <param name="FixedCurrency">The currency of all entries.</param>
/// <param name="Narrative">The column of what the bank writes about it.</param>
/// <param name="Reference">The column of what the payer gave along, or of the bank's own reference.</param>
/// <param name="Counterparty">The column of who paid, or was paid.</param>
/// <param name="EntryId">The column of what the bank calls the entry, for good.</param>
/// <param name="ProviderReference">Of a settlement: the column of what the provider calls what it settles; required there.</param>
/// <param name="Gross">Of a settlement: the column of the whole amount, below zero for what goes out; <c>amount</c> unless given.</param>
/// <param name="Fee">Of a settlement: the column of what the provider keeps.</param>
/// <param name="Net">Of a settlement: the column of what is left.</param>
/// <param name="Delimiter">One character; a comma by default. <c>\t</c> is a tabulator.</param>
/// <param name="DecimalSign">A point by default, or a comma; the other one may separate thousands.</param>
/// <param name="DateFormat">Made of <c>d</c>, <c>M</c>, <c>y</c> and signs: <c>yyyy-MM-dd</c> by default; <c>H</c>, <c>m</c> and <c>s</c>
/// for a time, which is passed over.</param>
/// <param name="SkipLines">Lines ahead of the header, 0 to 100.</param>
/// <param name="Header">False: there is none.</param>
/// <param name="Encoding"><c>utf8</c> or <c>latin1</c>; by default the former where it can be.</param>
/// <example>{"date":"Date","amount":"Amount","fixed_currency":"EUR","narrative":"Text","reference":"Reference"}</example>
public sealed record StatementMapping(
    string? Date = null, string? ValueDate = null, string? Amount = null, string? Credit = null, string? Debit = null,
    string? Currency = null, string? FixedCurrency = null, string? Narrative = null, string? Reference = null,
    string? Counterparty = null, string? EntryId = null, string? ProviderReference = null, string? Gross = null, string? Fee = null,
    string? Net = null, string? Delimiter = null, string? DecimalSign = null, string? DateFormat = null, int? SkipLines = null,
    bool? Header = null, StatementEncoding? Encoding = null);
