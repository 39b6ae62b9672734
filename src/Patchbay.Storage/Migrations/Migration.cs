using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Storage;

/// <summary>
/// A numbered SQL file: <c>NNNN_name.sql</c> runs on both databases, <c>NNNN_name.sqlite.sql</c> and <c>NNNN_name.postgresql.sql</c> on
/// one.
/// </summary>
/// <param name="Name">File name without the ending.</param>
public sealed record Migration(string Name, string Sql)
{
    private const string Folder = "migrations/";

    /// <summary>SHA-256 of the text with line ends as LF, lower-case hex.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Those of some assemblies for one kind of database, in the order of their numbers.</summary>
    public static IReadOnlyList<Migration> Load(string databaseKind, IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && RunsOn(name, databaseKind))
                .Select(name => new Migration(name[Folder.Length..^".sql".Length], Read(assembly, name))))
            .OrderBy(migration => migration.Name, StringComparer.Ordinal)
            .ToList();

    private static bool RunsOn(string name, string databaseKind) =>
        name.Split('.') is [_, "sql"] || name.EndsWith($".{databaseKind}.sql", StringComparison.Ordinal);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
