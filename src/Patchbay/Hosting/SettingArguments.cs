using System.CommandLine;

namespace Patchbay.Hosting;

/// <summary>The settings that a command line carries.</summary>
internal static class SettingArguments
{
    /// <summary>Words that are neither declared nor a setting of the form <c>--Section:Key=value</c>.</summary>
    public static IEnumerable<string> NotUnderstood(ParseResult parsed) => parsed.UnmatchedTokens.Where(token => Split(token) is null);

    /// <summary>What overrides the environment and appsettings.json.</summary>
    public static Dictionary<string, string?> Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (parsed.GetValue(CommonOptions.Data) is { } folder)
        {
            settings["Patchbay:DataFolder"] = folder;
            settings[HubSettings.DataOption] = folder;
        }

        if (parsed.GetValue(CommonOptions.Database) is { } database)
            settings["Patchbay:Database"] = database;
        foreach (var token in parsed.UnmatchedTokens)
        {
            if (Split(token) is var (name, value))
                settings[name] = value;
        }

        return settings;
    }

    private static (string Name, string Value)? Split(string token)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        return token.StartsWith("--", StringComparison.Ordinal) && equals > 2 && token.IndexOf(':', 2, equals - 2) > 2
            ? (token[2..equals], token[(equals + 1)..])
            : null;
    }
}
