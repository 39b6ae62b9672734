using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Reads SWIFT MT940: one statement after the other, each from its opening balance to its closing one.</summary>
/// <remarks>Source: SWIFT Standards, Category 9, MT940 Customer Statement Message.</remarks>
internal sealed class Mt940Statement(StatementReading reading)
{
    private string? _account;
    private Currency? _currency;
    private Mt940Field? _entry;
    private Mt940Field? _details;
    private bool _any;

    public void Read(string text)
    {
        var last = 1;
        foreach (var field in Mt940Fields.Of(text, reading))
        {
            if (reading.IsOver)
                return;
            last = field.Line;
            Take(field);
        }

        EndEntry();
        if (_currency is not null)
            reading.Refuse(last, "the statement ends without a closing balance (:62F:)");
        else if (!_any && reading.Faults.Count == 0)
            reading.Refuse("has no statement with an opening balance (:60F:)");
    }

    private void Take(Mt940Field field)
    {
        if (field.Tag == "86" && _entry is not null)
        {
            _details = field;
            return;
        }

        EndEntry();
        switch (field.Tag)
        {
            case "20":
                if (_currency is not null)
                    reading.Refuse(field.Line, "a statement begins before the one ahead has a closing balance (:62F:)");
                (_account, _currency) = (null, null);
                break;
            case "25":
                _account = StatementTexts.Clean(field.First);
                break;
            case "60F" or "60M":
                Open(field);
                break;
            case "61" when _currency is null:
                reading.Refuse(field.Line, "an entry (:61:) without an opening balance (:60F:) ahead of it");
                break;
            case "61":
                _entry = field;
                break;
            case "62F" or "62M":
                _currency = null;
                break;
            default:
                break;
        }
    }

    /// <summary>A mark, a day of six digits, the currency, the amount.</summary>
    private void Open(Mt940Field field)
    {
        _any = true;
        var text = field.First;
        if (text.Length >= 10 && text[0] is 'C' or 'D' && Mt940Line.DayOf(text[1..7]) is not null
            && Currency.TryParse(text[7..10], out var currency))
            _currency = currency;
        else
            reading.Refuse(field.Line, $"the opening balance (:{field.Tag}:) cannot be read; it is as C261101EUR1250,00");
    }

    private void EndEntry()
    {
        if (_entry is not { } field)
            return;
        var details = Mt940Details.Of(_details?.Lines ?? []);
        (_entry, _details) = (null, null);
        if (Mt940Line.TryParse(field.First) is not { } line)
        {
            reading.Refuse(field.Line, "the entry (:61:) cannot be read; it is as 2611021102C1250,00NTRFREFERENCE//BANKREF");
            return;
        }

        reading.Add(field.Line, line.Signed, _currency!.Value, (direction, amount) => new ReadEntry
        {
            Line = field.Line, BookedOn = line.BookedOn, ValueOn = line.ValueOn, Direction = direction, Amount = amount,
            IsReversal = line.IsReversal, PaymentReference = details.Reference ?? line.Reference, BankReference = line.BankReference,
            Counterparty = details.Counterparty, Account = _account,
            Narrative = StatementTexts.Clean(
                string.Join(' ', new[] { details.Narrative, details.Reference is null ? null : line.Reference, Supplement(field) }
                    .Where(text => text is not null)), StatementTexts.MaxNarrative),
        });
    }

    /// <summary>Lines of field 61 after its first.</summary>
    private static string? Supplement(Mt940Field field) => field.Lines.Count > 1 ? string.Join(' ', field.Lines.Skip(1)) : null;
}
