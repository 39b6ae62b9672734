using System.Reflection;

namespace Patchbay.Platform.Api;

/// <summary>
/// A reason to refuse, as a stable word. Each feature declares its own in static read-only fields, from which <see cref="In"/> gathers
/// them; an <see cref="Error"/> is made of one that is declared, so there is no other word.
/// </summary>
/// <param name="status">HTTP status.</param>
/// <param name="word">For example <c>refund_exceeds_captured</c>; callers decide by it, so it stays.</param>
/// <param name="meaning">For the documentation, in one line.</param>
/// <param name="title">Null: what the status says by itself.</param>
public sealed class ErrorCode(int status, string word, string meaning, string? title = null)
{
    public int Status { get; } = status;

    public string Word { get; } = word;

    public string Meaning { get; } = meaning;

    public string Title { get; } = title ?? status switch
    {
        400 => "The request cannot be read",
        403 => "Not permitted",
        409 => "Not possible in the present state",
        422 => "The request cannot be carried out",
        _ => throw new ArgumentException($"{word} needs a title.", nameof(title)),
    };

    /// <param name="detail">Says what to do.</param>
    public Error With(string detail) => new(this, detail);

    public override string ToString() => Word;

    /// <summary>All that are declared in these assemblies, by status, then in alphabetical order.</summary>
    public static IReadOnlyList<ErrorCode> In(IEnumerable<Assembly> assemblies) =>
    [
        .. Declarations.Of<ErrorCode>(assemblies.SelectMany(assembly => assembly.GetTypes()))
            .OrderBy(code => code.Status).ThenBy(code => code.Word, StringComparer.Ordinal),
    ];
}
