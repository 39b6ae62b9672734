using System.Reflection;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>A provider as its manifest and its classes are: the built-in ones and those of this assembly. Nothing here names one.</summary>
internal sealed class ProviderUnderTest
{
    private const string Manifests = "manifests/";

    private ProviderUnderTest(Assembly assembly, string name)
    {
        Name = name;
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"{Manifests}{name}.yaml")!);
        Manifest = ManifestReader.Read(name, reader.ReadToEnd());
        Classes = assembly.GetTypes().Where(type => type.GetCustomAttribute<ProviderAttribute>()?.Name == name).ToList();
        Requests = Manifest.Settlement == ProviderSettlement.Provider
            ? SpecFile.ReadYaml(name + ".yaml", "recordings/")["requests"] as JsonObject ?? [] : [];
        Schema = (JsonObject)JsonNode.Parse(Manifest.CredentialsSchema)!;
    }

    public static IReadOnlyList<Assembly> Assemblies { get; } = [Assembly.Load("Patchbay.Connectors"), typeof(ProviderUnderTest).Assembly];

    public static IReadOnlyList<ProviderUnderTest> All { get; } = Assemblies.SelectMany(assembly => assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Manifests, StringComparison.Ordinal))
        .Select(name => new ProviderUnderTest(assembly, name[Manifests.Length..^".yaml".Length]))).ToList();

    /// <summary>Those that are called; the others tell payers what to do, and nobody else anything.</summary>
    public static IEnumerable<ProviderUnderTest> Called => All.Where(one => one.Manifest.Settlement == ProviderSettlement.Provider);

    /// <summary>As the manifest's file is called.</summary>
    public string Name { get; }

    public ProviderManifest Manifest { get; }

    public IReadOnlyList<Type> Classes { get; }

    public JsonObject Schema { get; }

    /// <summary>By the request's name, what this provider's differs in from the usual one.</summary>
    public JsonObject Requests { get; }

    public static ProviderUnderTest Named(string name) => All.Single(provider => provider.Name == name);

    public bool Has(Type contract) => Classes.Any(type => type.IsAssignableTo(contract));

    /// <summary>The class that implements the contract, as the hub makes it.</summary>
    public object Make(Type contract, ProviderHttp http)
    {
        var type = Classes.Single(type => type.IsAssignableTo(contract));
        return type.GetConstructor([typeof(ProviderHttp)]) is { } constructor
            ? constructor.Invoke([http])
            : Activator.CreateInstance(type)!;
    }

    /// <summary>An integration with the credentials of the manifest's first example, changed where a test says so.</summary>
    /// <param name="changes">By field; null takes one away.</param>
    public Connection Connect(IntegrationMode mode = IntegrationMode.Sandbox, JsonObject? changes = null)
    {
        var fields = ((JsonObject)Schema["examples"]![0]!).ToDictionary(field => field.Key, field => field.Value?.ToString());
        foreach (var (name, value) in changes ?? [])
            fields[name] = value?.ToString();
        var given = fields.Where(field => field.Value is not null).ToLookup(field => Manifest.SecretFields.Contains(field.Key));
        return new Connection(
            "int_01", mode, given[false].ToDictionary(field => field.Key, field => field.Value!),
            given[true].ToDictionary(field => field.Key, field => new Secret(field.Value!)), new Dictionary<string, string>(),
            new Uri("https://hub.example/api/webhooks/x/int_01"));
    }

    /// <summary>With its vendor's OpenAPI file where there is one.</summary>
    public FakeProvider Fake() => new(OpenApiSpec.Find(Name));

    public override string ToString() => Name;
}
