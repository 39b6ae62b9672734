using System.Text.Json.Nodes;
using Patchbay.Connectors;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Tests.Catalog;

public sealed class CredentialSchemaTests
{
    private readonly CredentialSchema _schema = new();
    private readonly ProviderCatalog _providers = new([typeof(BuiltIn).Assembly]);

    [Fact]
    public void The_examples_of_every_provider_fit()
    {
        foreach (var provider in _providers.All)
        {
            foreach (var example in JsonNode.Parse(provider.Manifest.CredentialsSchema)!["examples"]!.AsArray())
                Assert.Equal("", Faults(provider, example!.AsObject()).ToString());
        }
    }

    [Theory]
    [InlineData("stripe", """{}""", "credentials.secret_key: is required")]
    [InlineData("stripe", """{"secret_key":"sk_test_1","webhook_secret":"nonsense and more"}""",
        "credentials.webhook_secret: has white space in it, does not have the right form: Starts with whsec_.")]
    [InlineData("stripe", """{"secret_key":"sk_test_1","webhook_secret":"whsec_"}""",
        "credentials.webhook_secret: is too short; it has at least 14 characters")]
    [InlineData("stripe", """{"secret_key":"sk_test_1","webhook_secret":7}""", "credentials.webhook_secret: must be text")]
    [InlineData("stripe", """{"secret_key":"sk_test_1","webhook_secret":"whsec_00000001","colour":"blue"}""",
        "credentials.colour: is not a credential of this provider; there are account_id, publishable_key, secret_key, "
            + "webhook_secret, webhook_secret_previous")]
    [InlineData("stripe", """{"secret_kye":"sk_test_1","secret_key":"sk_test_1","webhook_secret":"whsec_00000001"}""",
        "credentials.secret_kye: is not a credential of this provider; did you mean 'secret_key'?")]
    [InlineData("plivo", """{"auth_id":"MAEXAMPLE00000000000","auth_token":"example-token"}""",
        "credentials: needs one of: src; powerpack_uuid")]
    [InlineData("plivo", """{"auth_id":"MAEXAMPLE00000000000","src":"Shop"}""",
        "credentials.auth_token: is required")]   // nothing of the alternative that was not chosen
    public void Each_fault_is_told_at_its_field_in_words_for_people(string provider, string credentials, string expected) =>
        Assert.Equal(expected, Faults(_providers.Find(provider)!, JsonNode.Parse(credentials)!.AsObject()).ToString());

    [Theory]
    [InlineData("""{"kind":"key","key":"kkkkkkkk"}""", "")]
    [InlineData("""{"kind":"key"}""", "credentials.key: is required")]
    [InlineData("""{"kind":"password"}""", "credentials.password: is required")]
    [InlineData("""{"kind":"password","password":"p","hosts":["a","b"]}""", "credentials.hosts.*: is not allowed")]
    [InlineData("""{"kind":"password","password":"p","user":"u"}""", "credentials: is not valid: *tenant*")]
    [InlineData("""{"kind":"pass","password":"p"}""", "credentials.kind: must be one of key, password")]
    [InlineData("""{"kind":"password","password":"ppppppppp"}""", "credentials.password: is too long; it has at most 8 characters")]
    [InlineData("""{"kind":"password","password":"p","hosts":7}""", "credentials.hosts: must be array")]
    public void Keywords_of_the_draft_that_manifests_name_are_not_ignored(string credentials, string expected)
    {
        var provider = new Provider(ManifestReader.Read("test", """
            name: dove
            display_name: Dove
            version: "1.0"
            categories: [sms]
            capabilities: []
            description: Knows the newer keywords.
            docs_url: https://www.rfc-editor.org/rfc/rfc1149
            base_urls: { live: https://dove.invalid/ }
            credentials:
              $schema: https://json-schema.org/draft/2020-12/schema
              type: object
              required: [kind]
              properties:
                kind: { type: string, enum: [key, password] }
                key: { type: string, x-secret: true, minLength: 8 }
                password: { type: string, maxLength: 8 }
                user: { type: string }
                tenant: { type: string }
                hosts: { type: array, prefixItems: [{ type: string }], items: false }
              if: { properties: { kind: { const: key } } }
              then: { required: [key] }
              else: { required: [password] }
              dependentRequired: { user: [tenant] }
            verify: Looks.
            """), []);

        var faults = Faults(provider, JsonNode.Parse(credentials)!.AsObject()).ToString();

        Assert.Matches(
            "^" + System.Text.RegularExpressions.Regex.Escape(expected).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", faults);
    }

    private Faults Faults(Provider provider, JsonObject credentials)
    {
        var faults = new Faults();
        _schema.Validate(provider, credentials, faults);
        return faults;
    }
}
