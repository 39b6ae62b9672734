using System.Reflection;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What a manifest promises has to be what its connector does.</summary>
public sealed class ManifestTests
{
    private static readonly Assembly Connectors = Assembly.Load("Patchbay.Connectors");

    public static TheoryData<string> Names => [.. Connectors.GetManifestResourceNames()
        .Where(name => name.StartsWith("manifests/", StringComparison.Ordinal))
        .Select(name => name["manifests/".Length..^".yaml".Length])];

    [Fact]
    public void Every_connector_has_a_manifest_and_every_manifest_a_connector() => Assert.Equal(
        Connectors.GetTypes().Select(type => type.GetCustomAttribute<ProviderAttribute>()?.Name).OfType<string>().Distinct().Order(),
        Names.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_manifest_names_its_provider_as_its_file_does(string name) => Assert.Equal(name, Read(name).Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_capabilities_are_those_the_classes_implement(string name) => Assert.Equal(
        Capabilities.Interfaces.Where(pair => Classes(name).Any(type => type.IsAssignableTo(pair.Value))).Select(pair => pair.Key).Order(),
        Read(name).Capabilities.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_interface_is_implemented_once(string name)
    {
        var interfaces = Classes(name).SelectMany(type => type.GetInterfaces()).ToList();

        Assert.Equal(interfaces.Distinct().Count(), interfaces.Count);
        Assert.Contains(typeof(IVerifyCredentials), interfaces);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Classes_take_the_providers_connection_or_nothing(string name) => Assert.All(Classes(name), type =>
    {
        Assert.True(type is { IsSealed: true, IsPublic: false });
        var parameters = Assert.Single(type.GetConstructors()).GetParameters().Select(parameter => parameter.ParameterType);
        Assert.Equal(type.IsAssignableTo(typeof(IReceiveWebhooks)) ? [] : [typeof(ProviderHttp)], parameters);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Webhooks_are_described_where_they_are_received(string name) =>
        Assert.Equal(Classes(name).Any(type => type.IsAssignableTo(typeof(IReceiveWebhooks))), Read(name).Webhooks is not null);

    [Theory]
    [MemberData(nameof(Names))]
    public void Base_addresses_end_with_a_slash(string name)
    {
        var addresses = Read(name).BaseUrls;

        Assert.EndsWith("/", addresses.Live.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("/", addresses.Sandbox.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_credential_is_explained_and_the_examples_fit(string name)
    {
        var manifest = Read(name);
        var schema = (JsonObject)JsonNode.Parse(manifest.CredentialsSchema)!;
        var properties = (JsonObject)schema["properties"]!;

        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.All(properties, property => Assert.All(["title", "description"], word => Assert.NotNull(property.Value![word])));
        Assert.All(properties, property => Assert.Equal(property.Value!["pattern"] is null, property.Value["x-pattern-hint"] is null));
        Assert.NotEmpty((JsonArray)schema["examples"]!);
        Assert.All((JsonArray)schema["examples"]!, example => Assert.Empty(SchemaCheck.Faults(example, schema, schema, SchemaMode.Json)));
        Assert.NotEmpty(SchemaCheck.Faults(new JsonObject(), schema, schema, SchemaMode.Json));
    }

    [Theory]
    [InlineData("stripe", "secret_key", "webhook_secret", "webhook_secret_previous")]
    [InlineData("twilio", "auth_token", "auth_token_previous", "api_key_secret")]
    [InlineData("plivo", "auth_token", "auth_token_previous", "main_auth_token")]
    public void Secrets_are_marked(string name, params string[] secrets) => Assert.Equal(secrets, Read(name).SecretFields);

    [Theory]
    [InlineData("stripe", ProviderIdempotency.Native)]
    [InlineData("twilio", ProviderIdempotency.None)]
    [InlineData("plivo", ProviderIdempotency.None)]
    public void Idempotency_is_declared(string name, ProviderIdempotency expected) => Assert.Equal(expected, Read(name).Idempotency);

    private static List<Type> Classes(string name) =>
        Connectors.GetTypes().Where(type => type.GetCustomAttribute<ProviderAttribute>()?.Name == name).ToList();

    private static ProviderManifest Read(string name)
    {
        using var reader = new StreamReader(Connectors.GetManifestResourceStream($"manifests/{name}.yaml")!);
        return ManifestReader.Read(name, reader.ReadToEnd());
    }
}
