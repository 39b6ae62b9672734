using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Api;
using Patchbay.Platform.Files;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>
/// Reads rows by what the header says, and finds out what is wrong with them in form, or against rows before in the same file.
/// </summary>
internal sealed class ImportColumns
{
    private static readonly string[] Names = ["affiliate_id", "affiliate_lead_id", "customer_id", "country"];

    private readonly int[] _places;
    private readonly int _count;
    private readonly Dictionary<(string, string), int> _leads = [];
    private readonly Dictionary<string, int> _customers = new(StringComparer.Ordinal);

    private ImportColumns(int[] places, int count) => (_places, _count) = (places, count);

    public static Result<ImportColumns, Error> Read(CsvRecord? header)
    {
        if (header is null || header.Fault is not null)
            return Wrong($"must name the columns: {string.Join(", ", Names)}");
        var given = header.Fields.Select(name => name.Trim(' ')).ToList();
        var unknown = given.Except(Names, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            return Wrong($"has a column that is not known: '{unknown[0]}'; known are {string.Join(", ", Names)}");
        if (given.Distinct(StringComparer.Ordinal).Count() < given.Count)
            return Wrong("names a column twice");
        var places = Names.Select(name => given.IndexOf(name)).ToArray();
        return places[0] < 0 || places[1] < 0
            ? Wrong("must name affiliate_id and affiliate_lead_id")
            : new ImportColumns(places, given.Count);

        static Error Wrong(string message) => Error.Invalid("header", message);
    }

    /// <summary>Either the lead, or why there is none and, as far as it could be read, what the affiliate calls it.</summary>
    public (ImportedLead? Lead, string? Name, string? Refusal) Read(CsvRecord record, Func<LeadId> newId)
    {
        if (record.Fault is { } fault)
            return (null, null, fault);
        if (record.Fields.Count != _count)
            return (null, null, $"has {record.Fields.Count} fields; the header has {_count}");
        var faults = new Faults();
        for (var i = 0; i < Names.Length; i++)
            faults.Storable(Field(record, i), Names[i]);
        if (faults.Any)
            return (null, null, faults.ToString());
        var lead = new ImportedLead(
            record.Line, newId(), Field(record, 0) ?? "", Field(record, 1) ?? "", Field(record, 2), Field(record, 3)?.ToUpperInvariant());
        LeadInput.Check(lead.AffiliateId, lead.AffiliateLeadId, lead.CustomerId, lead.Country, faults);
        if (faults.Any)
            return (null, lead.AffiliateLeadId is { Length: > 0 and <= 100 } name ? name : null, faults.ToString());
        if (!_leads.TryAdd((lead.AffiliateId, lead.AffiliateLeadId), lead.Line))
            return (
                null, lead.AffiliateLeadId, $"affiliate_lead_id: is in line {_leads[(lead.AffiliateId, lead.AffiliateLeadId)]} already");
        if (lead.CustomerId is not null && !_customers.TryAdd(lead.CustomerId, lead.Line))
            return (null, lead.AffiliateLeadId, $"customer_id: is in line {_customers[lead.CustomerId]} already");
        return (lead, lead.AffiliateLeadId, null);
    }

    /// <summary>Null when it is empty or there is no such column.</summary>
    private string? Field(CsvRecord record, int name) => _places[name] >= 0 && record.Fields[_places[name]] is { Length: > 0 } text ? text
        : null;
}
