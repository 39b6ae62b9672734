using System.Globalization;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>How a column writes days.</summary>
internal sealed class DateForm
{
    public const string Default = "yyyy-MM-dd";

    private const string Signs = "dMyHms.-/: T,";
    private const int MaxLength = 30;

    private readonly string _form;

    private DateForm(string form) => _form = form;

    /// <summary>Null when there is no day in it, or something that no date has.</summary>
    public static DateForm? TryParse(string form)
    {
        var known = form.Replace('D', 'd').Replace('Y', 'y');
        if (known.Length is 0 or > MaxLength || known.Any(character => !Signs.Contains(character, StringComparison.Ordinal)))
            return null;
        return known.Contains('d', StringComparison.Ordinal) && known.Contains('M', StringComparison.Ordinal)
            && known.Contains("yy", StringComparison.Ordinal) ? new DateForm(Quoted(known)) : null;
    }

    public DateOnly? Read(string text) =>
        DateTime.TryParseExact(text.Trim(), _form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? DateOnly.FromDateTime(read) : null;

    private static string Quoted(string form) => form.Replace("T", "'T'", StringComparison.Ordinal);
}
