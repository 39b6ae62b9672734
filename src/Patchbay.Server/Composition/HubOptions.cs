using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Patchbay.Engine;
using Patchbay.Platform.Features;
using Patchbay.Platform.Network;
using Patchbay.Platform.Operations;
using Patchbay.Platform.ShardNames;
using Patchbay.Server.Shards;

namespace Patchbay.Server.Composition;

/// <summary>Settings under <c>Patchbay</c>, read and checked once at the start.</summary>
public sealed class HubOptions
{
    /// <param name="more">Assemblies with features beside those of this build. Default: none.</param>
    public HubOptions(params IEnumerable<Assembly> more)
    {
        Assemblies = new FeatureAssemblies([.. HubAssemblies.Features, .. more]);
        Settings = [.. Assemblies.Settings.Select(type => Activator.CreateInstance(type)!)];
    }

    /// <summary><c>sqlite:PATH</c>, or a PostgreSQL connection string. Default <c>sqlite:./data/patchbay.db</c>.</summary>
    public string Database { get; set; } = "sqlite:./data/patchbay.db";

    /// <summary>Where the master key file lies when <see cref="MasterKey"/> is not set. Default <c>./data</c>.</summary>
    public string DataFolder { get; set; } = "./data";

    /// <summary>
    /// Master keys as <c>1:BASE64;2:BASE64</c>. Null: the file <c>master.key</c> in the data folder, made on the first start.
    /// </summary>
    public string? MasterKey { get; set; }

    public NetworkOptions Network { get; } = new();

    public NodeOptions Node { get; } = new();

    /// <summary>Further databases beside <see cref="Database"/>, each with tenants of its own. Default: none.</summary>
    public IDictionary<string, ShardOptions> Shards { get; private set; } = new Dictionary<string, ShardOptions>();

    /// <summary>Which shard these settings are for.</summary>
    internal string Shard { get; private set; } = ShardName.Main;

    /// <summary>Assemblies with connectors and manifests.</summary>
    public IList<Assembly> ConnectorAssemblies { get; } = [];

    /// <summary>What the hub is made of, and what is added to it.</summary>
    public FeatureAssemblies Assemblies { get; }

    /// <summary>What the features declare; the same for all shards.</summary>
    public ActionRegistry Actions { get; } = new();

    /// <summary>Assemblies with migrations.</summary>
    public IEnumerable<Assembly> SchemaAssemblies => HubAssemblies.Schema.Union(Assemblies.All);

    /// <summary>The settings of features; see <see cref="SettingsAttribute"/>.</summary>
    public IReadOnlyList<object> Settings { get; }

    public string MasterKeyFile => Path.Combine(DataFolder, "master.key");

    /// <summary>The settings of one feature.</summary>
    public T Of<T>() => Settings.OfType<T>().Single();

    /// <summary>The same settings for one shard alone, by its name.</summary>
    public HubOptions ForShard(string name)
    {
        var copy = (HubOptions)MemberwiseClone();
        copy.Shards = new Dictionary<string, ShardOptions>();
        copy.Shard = name;
        copy.Database = name == ShardName.Main ? Database : Shards[name].Database;
        return copy;
    }

    /// <exception cref="SettingsException">A setting is wrong; the message lists every fault.</exception>
    /// <exception cref="InvalidOperationException">One is not of its form.</exception>
    public static HubOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Patchbay");
        var options = new HubOptions();
        var unknown = UnknownSettings.In(section, options.Known()).ToList();
        if (unknown.Count > 0)
            throw new SettingsException(unknown);
        section.Bind(options);
        section.Bind(options.Network);
        var faults = new List<string>();
        if (options.Node.Timeout < options.Node.Heartbeat * 3)
            faults.Add($"Patchbay:Node:Timeout ({options.Node.Timeout}) must be at least three heartbeats ({options.Node.Heartbeat}).");
        faults.AddRange(FaultsOf("Patchbay:Node", options.Node));
        faults.AddRange(options.Network.Faults());
        foreach (var settings in options.Settings)
        {
            var name = settings.GetType().GetCustomAttribute<SettingsAttribute>()!.Section;
            section.GetSection(name).Bind(settings);
            faults.AddRange(FaultsOf($"Patchbay:{name}", settings));
        }

        foreach (var (name, shard) in options.Shards)
        {
            if (!ShardName.IsValid(name))
                faults.Add(
                    $"Patchbay:Shards:{name}: a shard's name has 1 to 32 characters a-z, 0-9 and -, and is not "
                        + $"'{ShardName.Main}', which is the one of Patchbay:Database.");
            if (shard.Database.Length == 0)
                faults.Add($"Patchbay:Shards:{name}:Database must be sqlite:PATH or a PostgreSQL connection string.");
        }

        var places = options.Shards.Values.Select(shard => shard.Database).Append(options.Database).ToList();
        if (places.Distinct(StringComparer.Ordinal).Count() < places.Count)
            faults.Add("Patchbay:Shards: two shards have the same database; each needs one of its own.");
        return faults.Count == 0 ? options : throw new SettingsException(faults);
    }

    /// <summary>What may stand under <c>Patchbay</c>, and what it is read as.</summary>
    private IReadOnlyDictionary<string, Type> Known() => UnknownSettings.Named(
    [
        .. UnknownSettings.Of(typeof(HubOptions)).Where(setting => setting.Value == typeof(string)),
        .. UnknownSettings.Of(typeof(NetworkOptions)),
        KeyValuePair.Create(nameof(Node), typeof(NodeOptions)),
        KeyValuePair.Create(nameof(Shards), Shards.GetType()),
        .. Settings.Select(one => KeyValuePair.Create(one.GetType().GetCustomAttribute<SettingsAttribute>()!.Section, one.GetType())),
    ]);

    private static IEnumerable<string> FaultsOf(string section, object settings)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        return results.Select(result => $"{section}: {result.ErrorMessage}");
    }
}
