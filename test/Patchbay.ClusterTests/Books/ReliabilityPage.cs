using System.Collections.Concurrent;
using System.Globalization;
using Patchbay.ClusterTests.Running;

namespace Patchbay.ClusterTests.Books;

/// <summary>
/// Writes the figures into the file that <c>PATCHBAY_RELIABILITY_PAGE</c> names, between the two lines that mark their place.
/// </summary>
internal static class ReliabilityPage
{
    private const string Begin = "<!-- figures -->";
    private const string End = "<!-- end of figures -->";

    private static readonly ConcurrentBag<ReliabilityRow> Rows = [];

    public static void Add(ReliabilityRow row) => Rows.Add(row);

    public static async Task WriteAsync()
    {
        if (Environment.GetEnvironmentVariable("PATCHBAY_RELIABILITY_PAGE") is not { Length: > 0 } path || Rows.IsEmpty)
            return;
        var text = await File.ReadAllTextAsync(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        var lines = Rows.ToDictionary(row => row.Fault, row => row.ToString());
        foreach (var former in text[(begin + Begin.Length)..end].Split('\n').Where(line => line.Length > 2 && char.IsAsciiDigit(line[2])))
            lines.TryAdd(former.Split('|')[1].Trim(), former);   // not measured this time
        var made = string.Create(
            CultureInfo.InvariantCulture,
            $"Measured last on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: {Form.Rate:N0} operations a second on "
                + $"{Environment.ProcessorCount} processors, heartbeat {Form.Heartbeat.TotalSeconds} s, time-out "
                + $"{Form.NodeTimeout.TotalSeconds} s.\n");
        await File.WriteAllTextAsync(path, text[..(begin + Begin.Length)] + "\n" + made + "\n" + ReliabilityRow.Header + "\n"
            + string.Join('\n', lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => line.Value)) + "\n" + text[end..]);
    }
}
