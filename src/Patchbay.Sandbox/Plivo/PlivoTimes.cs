using System.Globalization;

namespace Patchbay.Sandbox.Plivo;

/// <summary>Times as Plivo writes them: <c>2026-01-31 09:30:00.123456+00:00</c>.</summary>
internal static class PlivoTimes
{
    public static string Write(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>Reads a filter such as <c>2026-01-01 00:00</c>, in UTC; null when it cannot be read.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
