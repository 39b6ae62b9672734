using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Catalog;

/// <summary>The pages about providers say what the manifests, and the maps of errors, say.</summary>
public sealed class ProviderPagesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "providers");

    private static readonly IReadOnlyList<Provider> Providers =
        [.. new ProviderCatalog([typeof(Connectors.BuiltIn).Assembly]).All.OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>The columns of the table.</summary>
    private static readonly string[] MoneyWords =
    [
        Capabilities.CompletePayment, Capabilities.CapturePayment, Capabilities.CancelPayment, Capabilities.ProcessRefund,
        Capabilities.InitiatePayout,
    ];

    /// <summary>To bring the pages up to date: <c>just docs</c>, or PATCHBAY_WRITE_DOCS=1 and this test.</summary>
    [Fact]
    public async Task The_pages_in_the_docs_are_up_to_date()
    {
        var pages = Providers.ToDictionary(one => one.Name + ".md", PageOf);
        pages["README.md"] = Overview();
        if (Environment.GetEnvironmentVariable("PATCHBAY_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var (name, page) in pages)
                await File.WriteAllTextAsync(Path.Combine(Folder, name), page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(pages.Keys.Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        foreach (var (name, page) in pages)
            Assert.Equal(page, await File.ReadAllTextAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken));
    }

    private static string Overview()
    {
        var page = new StringBuilder("""
            # Providers

            Generated from the manifests and the maps of errors (`just docs`); `GET /api/v1/providers` answers the same. A provider's page
            has its credentials, its webhooks, its errors, and what it cannot do.

            ## Money

            | provider | pays by | complete | capture | cancel | refund | pay out | repeated calls | webhooks |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var one in Providers.Where(one => one.Has<IInitiatePayment>()))
        {
            page.Append($"| {Link(one)} | {(IsManual(one) ? "instructions" : one.Manifest.Checkout.ToString().ToLowerInvariant())} ");
            foreach (var word in MoneyWords)
                page.Append(one.Manifest.Capabilities.Contains(word) ? Mark(one, word) : "| – ");
            page.Append($"| {Repeats(one)} | {(IsManual(one)
                ? "none: a person or a statement says that money came"
                : one.Manifest.Webhooks?.Signature.Replace("|", "\\|", StringComparison.Ordinal))} |\n");
        }

        page.Append("\n## All others\n\n| provider | does | repeated calls | webhooks |\n| --- | --- | --- | --- |\n");
        foreach (var one in Providers.Where(one => !one.Has<IInitiatePayment>()))
            page.Append($"| {Link(one)} | {Words(one.Manifest.Capabilities)} | {Repeats(one)} | {one.Manifest.Webhooks?.Signature} |\n");
        AppendReasons(page);
        return page.ToString();
    }

    /// <summary>Nobody is called.</summary>
    private static bool IsManual(Provider one) => one.Manifest.Settlement == ProviderSettlement.Manual;

    private static string PageOf(Provider one)
    {
        var manifest = one.Manifest;
        var page = new StringBuilder($"""
            # {manifest.DisplayName}

            {manifest.Description} [The provider's own documentation]({manifest.DocsUrl}). Generated from its manifest (`just docs`).

            | | |
            | --- | --- |
            | name | `{manifest.Name}` |
            | does | {Words(manifest.Capabilities)} |
            | currencies | {All(manifest.Currencies)} |
            | countries | {All(manifest.Regions)} |
            | repeated calls | {Repeats(one)} |
            | limits | {(IsManual(one) ? "none" : Limits(manifest.Limits) + "; an integration may set less")} |
            | verification | {manifest.Verify} |


            """);
        var folder = SourcesOf(one);
        if (File.Exists(Path.Combine(folder, "README.md")))
        {
            page.Append("What it cannot do, and why: ")
                .Append($"[its connector's README](../../src/Patchbay.Connectors/{Path.GetFileName(folder)}/README.md).\n\n");
        }

        AppendCredentials(page, manifest);
        AppendWebhooks(page, manifest);
        if (!IsManual(one))
            AppendErrors(page, one);
        return page.ToString();
    }

    private static void AppendCredentials(StringBuilder page, ProviderManifest manifest)
    {
        using var schema = JsonDocument.Parse(manifest.CredentialsSchema);
        var required = schema.RootElement.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        page.Append("## Credentials\n\n| field | required | secret | what it is |\n| --- | --- | --- | --- |\n");
        foreach (var field in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            var description = field.Value.TryGetProperty("description", out var text) ? text.GetString() : "";
            page.Append($"| `{field.Name}` | {YesNo(required.Contains(field.Name))} | {YesNo(manifest.SecretFields.Contains(field.Name))} ")
                .Append($"| {description} |\n");
        }
    }

    private static void AppendWebhooks(StringBuilder page, ProviderManifest manifest)
    {
        if (manifest.Webhooks is not { } webhooks)
            return;
        page.Append($"\n## Webhooks\n\n{webhooks.Signature}.\n\n");
        for (var step = 0; step < webhooks.Steps.Count; step++)
            page.Append($"{step + 1}. {webhooks.Steps[step]}\n");
        page.Append($"{(webhooks.Steps.Count > 0 ? "\n" : "")}Events: {Words(webhooks.Events)}.\n");
    }

    private static void AppendErrors(StringBuilder page, Provider one)
    {
        page.Append("\n## Errors\n\nA code that is not here counts by its HTTP status; it is kept and shown all the same, and counted ")
            .Append("(`patchbay_provider_unmapped_codes_total`). [What the reasons mean](README.md#why-something-failed).");
        if (MapsOf(one) is not { Count: > 0 } maps)
        {
            page.Append(" The provider publishes none.\n");
            return;
        }

        page.Append("\n\n| code | reason | outcome | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var (code, meaning) in maps)
        {
            var (reason, outcome) = (Word(meaning.Reason), Word(meaning.Outcome));
            page.Append($"| `{code}` | `{reason}` | {outcome} | {meaning.Text} |\n");
        }
    }

    /// <summary>Words that stay, what they mean, and by whom they are told.</summary>
    private static void AppendReasons(StringBuilder page)
    {
        var meanings = XDocument.Load(Path.ChangeExtension(typeof(FailureReason).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!.Value.Trim());
        var told = Providers.ToDictionary(one => one, one => MapsOf(one).Select(code => code.Value.Reason).ToHashSet());
        page.Append("""

            ## Why something failed

            `failure_reason` of payments, refunds, payouts and messages, `last_failure.reason` of payments and `error_reason` of deliveries say it in one of these words, which are the same for all
            providers and stay; more may come, so treat one that you do not know as `other`. Beside it stands what the provider said: `failure_code` and `failure_message`. Any provider may lead to those
            that name nobody in the last column: they follow from the HTTP status, or from no answer at all.

            | reason | whose | means | in the tables of |
            | --- | --- | --- | --- |

            """);
        foreach (var reason in Enum.GetValues<FailureReason>())
        {
            var meaning = string.Join(' ', meanings[$"F:{typeof(FailureReason).FullName}.{reason}"].Split((char[]?)null,
                StringSplitOptions.RemoveEmptyEntries));
            page.Append($"| `{Word(reason)}` | {(reason == FailureReason.Other ? "–" : Word(reason.Cause()))} ")
                .Append($"| {meaning} | {string.Join(", ", Providers.Where(one => told[one].Contains(reason)).Select(Link))} |\n");
        }
    }

    /// <summary>A connector keeps its maps in static fields, wherever in its folder.</summary>
    private static List<KeyValuePair<string, ErrorMeaning>> MapsOf(Provider one) => typeof(Connectors.BuiltIn).Assembly.GetTypes()
        .Where(type => string.Equals(type.Namespace?.Split('.')[^1], one.Name.Replace("_", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase))
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(field => field.FieldType == typeof(ErrorCodes)).OrderBy(field => field.DeclaringType!.Name, StringComparer.Ordinal)
        .SelectMany(field => (ErrorCodes)field.GetValue(null)!).Distinct().ToList();

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string SourcesOf(Provider one) => Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Patchbay.Connectors"))
        .Single(folder => File.Exists(Path.Combine(folder, one.Name + ".yaml")));

    private static string Link(Provider one) => $"[{one.Manifest.DisplayName}]({one.Name}.md)";

    private static string Mark(Provider one, string word) =>
        word == Capabilities.InitiatePayout && one.Has<ICompletePayout>() ? "| in two steps " : "| yes ";

    private static string Repeats(Provider one) => IsManual(one) ? "nobody is called" : one.Manifest.Idempotency switch
    {
        ProviderIdempotency.Native => "idempotency key",
        ProviderIdempotency.Reference => "looked up by the hub's id first",
        _ => one.Has<ILookUpMessage>() ? "looked up by recipient and text first" : "no protection",
    };

    private static string Limits(ManifestLimits limits) =>
        FormattableString.Invariant($"{limits.RequestsPerSecond} requests a second, {limits.Concurrency} at a time, ")
        + FormattableString.Invariant($"{limits.TimeoutSeconds} s each");

    private static string All(IReadOnlyList<string> codes) =>
        codes.Contains("*") ? "all" : codes.Count == 0 ? "–" : string.Join(' ', codes);

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static string YesNo(bool holds) => holds ? "yes" : "no";
}
