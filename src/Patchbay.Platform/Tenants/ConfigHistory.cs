using System.Globalization;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// What the newest versions of a tenant's configuration have changed, as text: <c>17:int_01h...;18:rul_01h...,rul_01j...;19:</c>. So a node
/// that knows version 16 reads those rows again and no others, however many there are.
/// </summary>
internal static class ConfigHistory
{
    private const int Versions = 32;
    private const int RowsOfVersion = 8;

    /// <param name="changed">Ids of what the version has changed. Too many: whoever does not know it reads everything.</param>
    public static string With(string history, long version, IReadOnlyCollection<string> changed)
    {
        if (changed.Count > RowsOfVersion)
            return "";
        var present = history.Split(';', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(';', present.TakeLast(Versions - 1).Append(string.Create(
            CultureInfo.InvariantCulture, $"{version}:{string.Join(',', changed)}")));
    }

    /// <summary>The ids of what has changed after one version, up to another; null when the history does not tell.</summary>
    public static IReadOnlySet<string>? Between(string history, long known, long version)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var told = 0L;
        foreach (var entry in history.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var at = long.Parse(entry.AsSpan(0, colon), CultureInfo.InvariantCulture);
            if (at <= known || at > version)
                continue;
            told++;
            changed.UnionWith(entry[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries));
        }

        return told == version - known ? changed : null;
    }
}
