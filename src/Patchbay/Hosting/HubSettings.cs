using Microsoft.Extensions.Configuration.Memory;
using Patchbay.Platform.Features;
using Patchbay.Server.Composition;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>Where settings come from: these defaults, appsettings.json, the environment, the command line; what comes later wins.</summary>
internal static class HubSettings
{
    /// <summary>The folder that the command line names with <c>--data</c>.</summary>
    public const string DataOption = "data";

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",   // Announcement says it in the hub's own words
        ["Logging:Console:FormatterName"] = "simple",
    };

    /// <param name="overrides">With <see cref="DataOption"/> it also says where the database is when nothing else does.</param>
    public static void Configure(IConfigurationManager configuration, IReadOnlyDictionary<string, string?> overrides)
    {
        var defaults = overrides.GetValueOrDefault(DataOption) is { } folder
            ? Defaults.Append(new("Patchbay:Database", "sqlite:" + Path.Combine(folder, "patchbay.db"))) : Defaults;
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        configuration.AddInMemoryCollection(overrides);
    }

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static HubOptions Read(IConfiguration configuration)
    {
        HubOptions options;
        try
        {
            options = HubOptions.Read(configuration);
            foreach (var place in options.Shards.Values.Select(shard => shard.Database).Append(options.Database))
            {
                if (!place.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
                    PostgreSqlDatabase.Check(place);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingsException(
                exception.InnerException is FormatException inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw new SettingsException(
                $"Patchbay:Database or a shard's is neither sqlite:PATH nor a PostgreSQL connection string: {exception.Message}");
        }

        options.ConnectorAssemblies.Add(typeof(Connectors.BuiltIn).Assembly);
        return options;
    }
}
