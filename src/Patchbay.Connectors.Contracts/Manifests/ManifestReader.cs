using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Patchbay.Connectors.Contracts;

/// <summary>Reads a manifest from YAML and says everything that is wrong with it at once.</summary>
public static partial class ManifestReader
{
    private static readonly string[] Keys =
    [
        "name", "display_name", "version", "categories", "capabilities", "description", "image", "docs_url", "regions", "currencies",
        "base_urls", "credentials", "settings", "oauth", "webhooks", "limits", "idempotency", "checkout", "settlement", "saved_methods",
        "verify",
    ];

    /// <exception cref="ManifestException">The manifest is not valid; the message lists every fault.</exception>
    public static ProviderManifest Read(string source, string yaml)
    {
        if (ToJson(source, yaml) is not JsonObject root)
            throw new ManifestException(source, ["the top level must be a mapping"]);

        var faults = root.Select(pair => pair.Key).Except(Keys).Select(key => $"unknown key '{key}'").ToList();
        var name = Text(root, "name", faults);
        if (name.Length > 0 && !ProviderName().IsMatch(name))
            faults.Add("name: lower case letters, digits and underscores only");
        var capabilities = List(root, "capabilities");
        foreach (var capability in capabilities.Where(word => !Capabilities.Interfaces.ContainsKey(word)))
            faults.Add($"capabilities: unknown '{capability}'");
        if (List(root, "categories").Count == 0)
            faults.Add("categories: at least one");
        var credentials = root["credentials"] as JsonObject;
        if (credentials?["properties"] is not JsonObject)
            faults.Add("credentials: a JSON Schema with properties is required");
        var settlement = Word<ProviderSettlement>(root["settlement"] ?? "provider", "settlement", faults);
        var docs = Address(root["docs_url"], "docs_url", faults);
        var manifest = new ProviderManifest
        {
            Name = name,
            DisplayName = Text(root, "display_name", faults),
            Version = Text(root, "version", faults),
            Categories = List(root, "categories"),
            Capabilities = capabilities,
            Description = Text(root, "description", faults),
            Image = root["image"]?.ToString(),
            DocsUrl = docs,
            Regions = List(root, "regions") is { Count: > 0 } regions ? regions : ["*"],
            Currencies = List(root, "currencies"),
            BaseUrls = settlement == ProviderSettlement.Manual ? new BaseUrls(docs, docs) : Bases(root["base_urls"], faults),
            CredentialsSchema = credentials?.ToJsonString() ?? "{}",
            SecretFields = SecretFields(credentials, faults),
            MultilineFields = [.. Marked(credentials, "x-multiline")],
            Settings = List(root, "settings"),
            Webhooks = root["webhooks"] is JsonObject webhooks ? Webhooks(webhooks, credentials, faults) : null,
            OAuth = root["oauth"] is JsonObject oauth ? OAuth(oauth, credentials, faults) : null,
            Limits = Limits(root["limits"] as JsonObject, faults),
            Checkout = Word<ProviderCheckout>(root["checkout"] ?? "redirect", "checkout", faults),
            Settlement = settlement,
            SavedMethods = Flag(root["saved_methods"], "saved_methods", faults),
            Idempotency = Word<ProviderIdempotency>(root["idempotency"] ?? "none", "idempotency", faults),
            Verify = Text(root, "verify", faults),
        };
        return faults.Count == 0 ? manifest : throw new ManifestException(source, faults);
    }

    private static bool Flag(JsonNode? node, string key, List<string> faults)
    {
        var (text, known) = (node?.ToString() ?? "false", false);
        if (!bool.TryParse(text, out known))
            faults.Add($"{key}: true or false");
        return known;
    }

    private static BaseUrls Bases(JsonNode? urls, List<string> faults)
    {
        var live = Address(urls?["live"], "base_urls.live", faults);
        return new BaseUrls(live, urls?["sandbox"] is { } sandbox ? Address(sandbox, "base_urls.sandbox", faults) : live);
    }

    private static ManifestWebhooks Webhooks(JsonObject webhooks, JsonObject? credentials, List<string> faults)
    {
        var read = new ManifestWebhooks(
            Text(webhooks, "signature", faults), List(webhooks, "events"), webhooks["secret"]?.ToString(), List(webhooks, "steps"),
            webhooks["account"]?.ToString());
        if (read.Secret is { } secret)
        {
            if (credentials?["properties"]?[secret]?["x-secret"]?.GetValue<bool>() != true)
                faults.Add($"webhooks.secret: '{secret}' is no secret field of the credentials");
            else if (List(credentials, "required").Contains(secret))
                faults.Add($"webhooks.secret: '{secret}' must not be required, because it is not there when the integration is made");
        }

        if (read.Account is { } account && (credentials?["properties"]?[account] is not { } field || field["x-secret"] is not null))
            faults.Add($"webhooks.account: '{account}' is no field of the credentials that may be shown");
        if (read.Secret is null == read.Steps.Count > 0)
            faults.Add("webhooks: secret and steps come together");
        return read;
    }

    private static ManifestOAuth OAuth(JsonObject oauth, JsonObject? credentials, List<string> faults)
    {
        var flow = Word<OAuthFlow>(oauth["flow"], "oauth.flow", faults);
        var client = Word<OAuthClient>(oauth["client"] ?? "basic", "oauth.client", faults);
        string[] needed = flow switch
        {
            OAuthFlow.ServiceAccount => ["client_email", "private_key"],
            OAuthFlow.Own => [],
            _ => ["client_id", "client_secret"],
        };
        faults.AddRange(needed.Where(field => credentials?["properties"]?[field] is null)
            .Select(field => $"oauth: the credentials lack '{field}'"));
        var authorize = oauth["authorize_url"] is { } page ? Address(page, "oauth.authorize_url", faults) : null;
        if (authorize is null && flow == OAuthFlow.RefreshToken && credentials?["properties"]?["refresh_token"] is null)
            faults.Add("oauth: the credentials lack 'refresh_token', and there is no authorize_url to get one");
        return new ManifestOAuth(
            flow, Address(oauth["token_url"], "oauth.token_url", faults), authorize, List(oauth, "scopes"),
            oauth["pkce"]?.GetValue<bool>() ?? false, client)
        {
            SandboxTokenUrl = oauth["sandbox_token_url"] is { } own ? Address(own, "oauth.sandbox_token_url", faults) : null,
            Scheme = oauth["scheme"]?.ToString() ?? "Bearer",
        };
    }

    private static TEnum Word<TEnum>(JsonNode? node, string key, List<string> faults)
        where TEnum : struct, Enum
    {
        var words = Enum.GetValues<TEnum>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        if (words.TryGetValue(node?.ToString() ?? "", out var read))
            return read;
        faults.Add($"{key}: one of {string.Join(", ", words.Keys)}");
        return default;
    }

    private static ManifestLimits Limits(JsonObject? limits, List<string> faults)
    {
        var defaults = new ManifestLimits();
        if (limits is null)
            return defaults;
        var read = new ManifestLimits(
            limits["requests_per_second"]?.GetValue<double>() ?? defaults.RequestsPerSecond,
            (int)(limits["concurrency"]?.GetValue<double>() ?? defaults.Concurrency),
            (int)(limits["timeout_seconds"]?.GetValue<double>() ?? defaults.TimeoutSeconds));
        if (read.RequestsPerSecond <= 0 || read.Concurrency < 1 || read.TimeoutSeconds < 1)
            faults.Add("limits: every number must be above zero");
        return read;
    }

    private static List<string> SecretFields(JsonObject? schema, List<string> faults)
    {
        var secret = Marked(schema, "x-secret").ToList();
        faults.AddRange(secret
            .Where(name => !(int.TryParse($"{schema!["properties"]![name]!["minLength"]}", out var least) && least >= Secret.Shortest))
            .Select(name => $"credentials.{name}: a secret needs a minLength of {Secret.Shortest} or more"));
        faults.AddRange((schema?["properties"] as JsonObject ?? [])
            .Where(property => property.Value?["pattern"] is not null && property.Value["x-pattern-hint"] is null)
            .Select(property => $"credentials.{property.Key}: a pattern needs an x-pattern-hint, which says it in words"));
        return secret;
    }

    private static IEnumerable<string> Marked(JsonObject? schema, string mark) => (schema?["properties"] as JsonObject ?? [])
        .Where(property => property.Value?[mark]?.GetValue<bool>() == true).Select(property => property.Key);

    private static string Text(JsonObject node, string key, List<string> faults)
    {
        var text = node[key]?.ToString() ?? "";
        if (text.Length == 0)
            faults.Add($"{key}: is required");
        return text;
    }

    private static List<string> List(JsonObject node, string key) =>
        node[key] is JsonArray array ? array.Select(item => item?.ToString() ?? "").ToList() : [];

    private static Uri Address(JsonNode? node, string key, List<string> faults)
    {
        if (Uri.TryCreate(node?.ToString(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            return uri;
        faults.Add($"{key}: an https address is required");
        return new Uri("https://invalid.invalid/");
    }

    private static JsonNode? ToJson(string source, string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 1 ? ToJson(stream.Documents[0].RootNode) : null;
        }
        catch (YamlException exception)
        {
            throw new ManifestException(source, [$"line {exception.Start.Line}: {exception.Message}"]);
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, ToJson(child.Value)))),
        YamlSequenceNode sequence => new JsonArray(sequence.Children.Select(ToJson).ToArray()),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
        YamlScalarNode { Value: "true" } => JsonValue.Create(true),
        YamlScalarNode { Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode plain => double.TryParse(plain.Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(plain.Value),
        _ => null,
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{1,39}$")]
    private static partial Regex ProviderName();
}

/// <summary>A manifest in the build is wrong: a bug of this build, found at start.</summary>
public sealed class ManifestException(string source, IReadOnlyList<string> faults)
    : Exception($"{source}: {string.Join("; ", faults)}");
