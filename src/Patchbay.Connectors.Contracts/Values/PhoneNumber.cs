namespace Patchbay.Connectors.Contracts;

/// <summary>An E.164 number: <c>+</c>, a country code that does not start with 0, 7 to 15 digits in all.</summary>
public readonly record struct PhoneNumber
{
    private readonly string? _value;

    private PhoneNumber(string value) => _value = value;

    /// <summary>With the leading plus.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default PhoneNumber has no value.");

    /// <summary>Digits only, as some providers want it.</summary>
    public string Digits => Value[1..];

    public static bool TryParse(string? text, out PhoneNumber number)
    {
        number = default;
        if (text is not { Length: >= 8 and <= 16 } || text[0] != '+' || text[1] is < '1' or > '9')
            return false;
        if (text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            return false;
        number = new PhoneNumber(text);
        return true;
    }

    public static PhoneNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not an E.164 number.");

    public override string ToString() => Value;
}
