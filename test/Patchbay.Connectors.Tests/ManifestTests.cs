using System.Reflection;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What a manifest promises has to be what its connector does.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Names => [.. ProviderUnderTest.All.Select(provider => provider.Name)];

    public static TheoryData<string> Called => [.. ProviderUnderTest.Called.Select(provider => provider.Name)];

    [Fact]
    public void Every_connector_has_a_manifest_and_every_manifest_a_connector() => Assert.Equal(
        ProviderUnderTest.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetCustomAttribute<ProviderAttribute>()?.Name).OfType<string>().Distinct().Order(),
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
    public void Who_has_a_script_is_paid_in_the_callers_page(string name) => Assert.True(
        Read(name).Checkout == ProviderCheckout.Embed || !Classes(name).Any(type => type.IsAssignableTo(typeof(IEmbedCheckout))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Tokens_that_are_got_in_a_way_of_its_own_are_asked_for_by_the_connector(string name) => Assert.Equal(
        Read(name).OAuth?.Flow == OAuthFlow.Own, Classes(name).Any(type => type.IsAssignableTo(typeof(IRequestTokens))));

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
        var callsNobody = new[] { typeof(IReceiveWebhooks), typeof(IEmbedCheckout), typeof(IRequestTokens) }.Any(type.IsAssignableTo);
        Assert.Equal(callsNobody ? [] : [typeof(ProviderHttp)], parameters);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Webhooks_are_described_where_they_are_received(string name) =>
        Assert.Equal(Classes(name).Any(type => type.IsAssignableTo(typeof(IReceiveWebhooks))), Read(name).Webhooks is not null);

    [Theory]
    [MemberData(nameof(Called))]
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
        Assert.All(manifest.SecretFields, field => Assert.True(properties[field]!["minLength"]!.GetValue<int>() >= 8, field));
        Assert.NotEmpty((JsonArray)schema["examples"]!);
        Assert.All((JsonArray)schema["examples"]!, example => Assert.Empty(SchemaCheck.Faults(example, schema, schema, SchemaMode.Json)));
        Assert.NotEmpty(SchemaCheck.Faults(new JsonObject(), schema, schema, SchemaMode.Json));
    }

    /// <summary>What is secret, and how a repeat is told, is recorded beside what the provider is asked.</summary>
    [Theory]
    [MemberData(nameof(Called))]
    public void Every_provider_has_recordings_and_runs_its_contract(string name)
    {
        Assert.NotEmpty(Recording.Of(name).Calls);
        Assert.Contains(typeof(ManifestTests).Assembly.GetTypes(), type => type.IsSubclassOf(typeof(ConnectorContract))
            && !type.IsAbstract
            && type.Name.Equals(name.Replace("_", "", StringComparison.Ordinal) + "Tests", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_words_that_code_uses_are_those_of_the_interfaces() => Assert.All(
        typeof(Capabilities).GetFields().Where(field => field.IsLiteral), word => Assert.Contains(
            (string)word.GetRawConstantValue()!, Capabilities.Interfaces.Keys));

    private static IReadOnlyList<Type> Classes(string name) => ProviderUnderTest.Named(name).Classes;

    private static ProviderManifest Read(string name) => ProviderUnderTest.Named(name).Manifest;
}
