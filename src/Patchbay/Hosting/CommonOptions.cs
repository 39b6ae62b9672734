using System.CommandLine;

namespace Patchbay.Hosting;

/// <summary>Options that several verbs take.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "sqlite:PATH or a PostgreSQL connection string. Instead of the setting Patchbay:Database.",
        HelpName = "DATABASE",
        Recursive = true,
    };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder of the master key file, and of the SQLite file unless a database is configured. Default: ./data",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<string?> Shard = new("--shard")
    {
        Description = "The shard: main, or a name under Patchbay:Shards. Default: main",
        HelpName = "NAME",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of text." };

    public static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: http://localhost:5000",
        HelpName = "URLS",
    };
}
