using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Patchbay.Tests.Architecture;

/// <summary>
/// SQL names only tables of its own folder, so that a room can be understood, changed and tested without reading the others.
/// </summary>
public sealed partial class TableOwnersTests
{
    /// <summary>Tables that were made by migrations of another folder, whose recorded names cannot be changed any more.</summary>
    private static readonly Dictionary<string, string> Moved = new() { ["tenant_keys"] = "Platform/Vault" };

    /// <summary>Who else may name a table, and why.</summary>
    private static readonly (string Table, string Folder)[] Readers =
    [
        ("tenants", "Platform/Retention"), ("tenant_moves", "Platform/Retention"),   // goes through all tenants
        ("tenants", "Platform/Events"),                                              // the newest event of each tenant, at the start
        ("tenants", "Platform/Onboarding"), ("api_keys", "Platform/Keys"),
        // making them is a room of its own, above those that use them
        ("deliveries", "Integrations/Deliveries"), ("attempts", "Integrations/Deliveries"),   // what the engine did, as people see it
        ("deliveries", "Hub/Webhooks"), ("attempts", "Hub/Webhooks"), ("events", "Hub/Webhooks"),
        // an endpoint reads the feed, and shows what became of each event
        ("deliveries", "Hub/Messages"),                                              // whose calls are on their way to a recipient
        ("integrations", "Integrations/Tokens"),                                     // whose tokens are not needed any more
        ("integrations", "Integrations/Inbound"),                                    // a webhook's integration, before its tenant is known
        ("tenants", "Server/Shards/Moving"), ("tenant_moves", "Server/Shards/Moving"),
        ("tenants", "Patchbay/Commands"), ("tenant_moves", "Patchbay/Commands"), ("api_keys", "Patchbay/Commands"),
        // verbs look at all tenants
        ("tenants", "Patchbay/Hosting"), ("tenant_keys", "Patchbay/Doctor"),
    ];

    [Fact]
    public void Sql_names_only_tables_of_its_own_folder()
    {
        var owners = Owners();

        var faults = string.Join(
            Environment.NewLine, Sources.All.Files.SelectMany(file => TextsOf(file.Tree.GetRoot()).SelectMany(text => Named().Matches(text))
            .Select(match => match.Groups["table"].Value).Distinct()
            .Where(
                table => owners.TryGetValue(table, out var owner) && !IsIn(file.Folder, owner) && !Readers.Contains((table, file.Folder)))
            .Select(table => $"{file.Folder}/{Path.GetFileName(file.Tree.FilePath)} names {table} of {owners[table]}")));

        if (faults.Length > 0)
            Assert.Fail(faults);
    }

    [Fact]
    public void No_reader_is_declared_in_vain()
    {
        var named = Sources.All.Files.SelectMany(file => TextsOf(file.Tree.GetRoot()).SelectMany(text => Named().Matches(text))
            .Select(match => (match.Groups["table"].Value, file.Folder))).ToHashSet();

        Assert.All(Readers, reader => Assert.Contains(reader, named));
    }

    private static Dictionary<string, string> Owners() =>
        Directory.EnumerateFiles(Sources.Root, "*.sql", SearchOption.AllDirectories)
            .Where(
                file => Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations" && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Created().Matches(File.ReadAllText(file))
                .Select(match => (Table: match.Groups["table"].Value, Folder: Sources.FolderOf(Path.GetDirectoryName(file)!))))
            .DistinctBy(made => made.Table).ToDictionary(made => made.Table, made => Moved.GetValueOrDefault(made.Table, made.Folder));

    private static bool IsIn(string folder, string owner) =>
        folder == owner || folder.StartsWith(owner.TrimEnd('.'), StringComparison.Ordinal) && owner.EndsWith("/.", StringComparison.Ordinal)
        || folder.StartsWith(owner + "/", StringComparison.Ordinal);

    private static IEnumerable<string> TextsOf(SyntaxNode root) => root.DescendantNodes().Select(node => node switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        InterpolatedStringTextSyntax text => text.TextToken.ValueText,
        _ => "",
    });

    [GeneratedRegex(@"\b(FROM|JOIN|INTO|UPDATE)\s+(?<table>[a-z_]+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"CREATE TABLE (IF NOT EXISTS )?(?<table>[a-z_]+)")]
    private static partial Regex Created();
}
