using System.Collections.Frozen;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// A condition ready to be asked: field found, value parsed. A missing field fails it, unless it asks for absence
/// (<c>exists: false</c>) or for not being something (<c>neq</c>, <c>not_in</c>).
/// </summary>
public readonly struct CompiledCondition
{
    private readonly ConditionTest _test;
    private readonly string? _text;
    private readonly FrozenSet<string>? _texts;
    private readonly decimal[]? _numbers;
    private readonly decimal _low;
    private readonly decimal _high;

    private CompiledCondition(
        RoutingField field, ConditionTest test, string? text = null, FrozenSet<string>? texts = null, decimal[]? numbers = null,
        decimal low = decimal.MinValue, decimal high = decimal.MaxValue)
    {
        Field = field;
        (_test, _text, _texts, _numbers, _low, _high) = (test, text, texts, numbers, low, high);
    }

    private enum ConditionTest : byte
    {
        Never,
        TextIs,
        TextIsNot,
        TextOneOf,
        TextNoneOf,
        TextStarts,
        NumberFromTo,
        NumberAbove,
        NumberBelow,
        NumberIsNot,
        NumberOneOf,
        NumberNoneOf,
        Present,
        Absent,
    }

    public RoutingField Field { get; }

    public static CompiledCondition Is(RoutingField field, string text) => new(field, ConditionTest.TextIs, text);

    public static CompiledCondition IsNot(RoutingField field, string text) => new(field, ConditionTest.TextIsNot, text);

    public static CompiledCondition OneOf(RoutingField field, FrozenSet<string> texts) => new(field, ConditionTest.TextOneOf, texts: texts);

    public static CompiledCondition NoneOf(RoutingField field, FrozenSet<string> texts) =>
        new(field, ConditionTest.TextNoneOf, texts: texts);

    public static CompiledCondition Starts(RoutingField field, string text) => new(field, ConditionTest.TextStarts, text);

    /// <summary>Both ends included.</summary>
    public static CompiledCondition FromTo(RoutingField field, decimal low = decimal.MinValue, decimal high = decimal.MaxValue) =>
        new(field, ConditionTest.NumberFromTo, low: low, high: high);

    public static CompiledCondition Above(RoutingField field, decimal low) => new(field, ConditionTest.NumberAbove, low: low);

    public static CompiledCondition Below(RoutingField field, decimal high) => new(field, ConditionTest.NumberBelow, high: high);

    public static CompiledCondition IsNot(RoutingField field, decimal number) => new(field, ConditionTest.NumberIsNot, low: number);

    public static CompiledCondition OneOf(RoutingField field, decimal[] numbers) => new(field, ConditionTest.NumberOneOf, numbers: numbers);

    public static CompiledCondition NoneOf(RoutingField field, decimal[] numbers) =>
        new(field, ConditionTest.NumberNoneOf, numbers: numbers);

    public static CompiledCondition Exists(RoutingField field, bool wanted) =>
        new(field, wanted ? ConditionTest.Present : ConditionTest.Absent);

    public bool Holds(RoutingContext context)
    {
        var fields = new FieldReader(context);
        return Holds(ref fields);
    }

    public bool Holds(ref FieldReader fields)
    {
        switch (_test)
        {
            case ConditionTest.TextIs:
                return string.Equals(fields.TextOf(Field), _text, StringComparison.Ordinal);
            case ConditionTest.TextIsNot:
                return !string.Equals(fields.TextOf(Field), _text, StringComparison.Ordinal);
            case ConditionTest.TextOneOf:
                return fields.TextOf(Field) is { } one && _texts!.Contains(one);
            case ConditionTest.TextNoneOf:
                return fields.TextOf(Field) is not { } none || !_texts!.Contains(none);
            case ConditionTest.TextStarts:
                return fields.TextOf(Field) is { } whole && whole.StartsWith(_text!, StringComparison.Ordinal);
            case ConditionTest.Present:
                return fields.Has(Field);
            case ConditionTest.Absent:
                return !fields.Has(Field);
            case ConditionTest.Never:
                return false;
        }

        if (!fields.TryNumberOf(Field, out var number))
            return _test is ConditionTest.NumberIsNot or ConditionTest.NumberNoneOf;
        return _test switch
        {
            ConditionTest.NumberFromTo => number >= _low && number <= _high,
            ConditionTest.NumberAbove => number > _low,
            ConditionTest.NumberBelow => number < _high,
            ConditionTest.NumberIsNot => number != _low,
            ConditionTest.NumberOneOf => Array.IndexOf(_numbers!, number) >= 0,
            _ => Array.IndexOf(_numbers!, number) < 0,
        };
    }

    /// <summary>
    /// The texts one of which the field must have for the condition to hold; null when it does not ask for certain texts.
    /// </summary>
    internal IReadOnlyCollection<string>? RequiredTexts => _test switch
    {
        ConditionTest.TextIs => [_text!],
        ConditionTest.TextOneOf => _texts,
        _ => null,
    };

    /// <summary>What the field must begin with for the condition to hold; null when it does not ask for a beginning.</summary>
    internal string? RequiredPrefix => _test == ConditionTest.TextStarts ? _text : null;

    /// <summary>Whether an index over the field can rule it out.</summary>
    internal bool AsksForText => _test is ConditionTest.TextIs or ConditionTest.TextOneOf or ConditionTest.TextStarts;
}
