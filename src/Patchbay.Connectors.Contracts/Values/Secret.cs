using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Contracts;

/// <summary>A credential that never prints: every way to turn it into text but <see cref="Reveal"/> gives <c>***</c>.</summary>
public sealed partial class Secret(string value) : IEquatable<Secret>
{
    /// <summary>So many characters at least: fewer could be guessed.</summary>
    internal const int Shortest = 8;

    private readonly string _value = value;

    /// <summary>It is long enough, the prefix that providers give them (<c>whsec_</c>) not counted.</summary>
    internal bool IsSubstantial => Prefix().Replace(_value.Trim(), "", 1).Length >= Shortest;

    /// <summary>The secret itself, for the one line that puts it on the wire.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";

    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    [GeneratedRegex("^[a-z]{2,6}_")]
    private static partial Regex Prefix();
}
