namespace Patchbay.Platform.Api;

/// <summary>Which of the names there are somebody may have meant by one that is none.</summary>
public static class Nearest
{
    private const int Longest = 60;   // more than any name; what is longer is near to none

    /// <summary>For after "is not a parameter": <c>; did you mean 'status'?</c>, or all names when none is near.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return "; there are none";
        var (near, distance) = names.Select(one => (Name: one, Distance: Distance(name, one))).MinBy(one => one.Distance);
        return distance <= Math.Min(name.Length - 1, Math.Max(2, name.Length / 3))
            ? $"; did you mean '{near}'?" : $"; there are {string.Join(", ", names)}";
    }

    /// <summary>How many letters must be changed, put in or taken out; upper and lower case are the same.</summary>
    private static int Distance(string from, string to)
    {
        if (from.Length > Longest)
            return from.Length;
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var before = row[0];
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var same = char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]);
                (before, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, before + (same ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
