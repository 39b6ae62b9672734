using Microsoft.Extensions.Configuration.Memory;
using Patchbay.Platform.Features;
using Patchbay.Server.Composition;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>Where settings come from: these defaults, appsettings.json, the environment, the command line; what comes later wins.</summary>
internal static class HubSettings
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",   // Announcement says it in the hub's own words
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ ",
    };

    public static void Configure(IConfigurationManager configuration, IReadOnlyDictionary<string, string?> overrides)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
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
