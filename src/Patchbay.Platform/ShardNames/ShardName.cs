using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Patchbay.Platform.ShardNames;

/// <summary>What shards are called: in settings, in metrics, on the command line.</summary>
public static partial class ShardName
{
    /// <summary>The database of <c>Patchbay:Database</c>.</summary>
    public const string Main = "main";

    private static readonly AsyncLocal<string?> Working = new();

    /// <summary>The shard that the running code works for, to label what it reports; null when there is only one.</summary>
    public static string? Current
    {
        get => Working.Value;
        set => Working.Value = value;
    }

    /// <summary>Labels what is reported with the shard that it happened on; with nothing where there is only one.</summary>
    public static void Label(ref TagList labels)
    {
        if (Current is { } shard)
            labels.Add("shard", shard);
    }

    public static bool IsValid(string name) => name != Main && Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$")]
    private static partial Regex Pattern();
}
