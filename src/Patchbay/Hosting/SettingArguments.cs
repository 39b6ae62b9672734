using System.CommandLine;
using Patchbay.Platform.Features;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>The settings that a command line carries.</summary>
internal static class SettingArguments
{
    /// <summary>Words that are neither declared nor a setting of the form <c>--Section:Key=value</c>.</summary>
    public static IEnumerable<string> NotUnderstood(ParseResult parsed) => parsed.UnmatchedTokens.Where(token => Split(token) is null);

    /// <summary>What overrides the environment and appsettings.json.</summary>
    /// <exception cref="SettingsException">A secret is among it: every user of the machine can read command lines.</exception>
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

        foreach (var (name, value) in settings)
        {
            if (IsSecret(name, value!))
                throw new SettingsException(
                    $"{name} holds a secret, which every user of this machine can read on a command line. Set it in the environment, as "
                        + $"{name.Replace(":", "__", StringComparison.Ordinal)}, or in appsettings.json; a password of PostgreSQL can also "
                        + "be in the file that PGPASSFILE names.");
        }

        return settings;
    }

    private static bool IsSecret(string name, string value)
    {
        if (name.Equals("Patchbay:MasterKey", StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            return name.EndsWith(":Database", StringComparison.OrdinalIgnoreCase)
                && !value.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && PostgreSqlDatabase.HasPassword(value);
        }
        catch (ArgumentException)
        {
            return false;   // it is read again, and refused
        }
    }

    private static (string Name, string Value)? Split(string token)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        return token.StartsWith("--", StringComparison.Ordinal) && equals > 2 && token.IndexOf(':', 2, equals - 2) > 2
            ? (token[2..equals], token[(equals + 1)..])
            : null;
    }
}
