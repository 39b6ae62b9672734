using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>What was read of a file so far, and what could not be: each fault names its line.</summary>
public sealed class StatementReading
{
    public const int MaxEntries = 20_000;

    private const int MaxFaults = 20;

    private readonly List<ReadEntry> _entries = [];
    private readonly List<string> _faults = [];

    public IReadOnlyList<ReadEntry> Entries => _entries;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Entries of nothing, and those that are not booked yet.</summary>
    public int Skipped { get; private set; }

    /// <summary>Nothing more is worth reading.</summary>
    public bool IsOver => _faults.Count >= MaxFaults || _entries.Count > MaxEntries;

    public void Skip() => Skipped++;

    public void Refuse(int line, string message)
    {
        if (_faults.Count < MaxFaults)
            _faults.Add($"line {line}: {message}");
    }

    public void Refuse(string message) => _faults.Add(message);

    /// <param name="signed">Below zero: outgoing. Of nothing: passed over.</param>
    public void Add(int line, decimal signed, Currency currency, Func<EntryDirection, Money, ReadEntry> entryOf)
    {
        if (signed == 0)
        {
            Skip();
            return;
        }

        if (MoneyOf(line, Math.Abs(signed), currency) is not { } amount)
            return;
        var entry = entryOf(signed < 0 ? EntryDirection.Outgoing : EntryDirection.Incoming, amount);
        if (new[] { entry.EntryId, entry.PaymentReference, entry.BankReference, entry.Counterparty, entry.Narrative, entry.Account }
            .Any(text => !StorableText.IsStorable(text)))
        {
            Refuse(line, "holds a character that cannot be kept: NUL or half a surrogate pair");
            return;
        }

        _entries.Add(entry);
        if (_entries.Count > MaxEntries)
            Refuse($"has more than {MaxEntries} entries: send it in parts");
    }

    /// <summary>Null, and refused, when the currency has fewer decimals, or nothing is that much.</summary>
    public Money? MoneyOf(int line, decimal amount, Currency currency)
    {
        if (Money.TryFromMajor(amount, currency, out var money))
            return money;
        Refuse(line, $"the amount must have at most {currency.Exponent} decimals for {currency.Code} and be below "
            + $"{Money.MaxMinorUnits / currency.MinorUnitsPerMajor}");
        return null;
    }
}
