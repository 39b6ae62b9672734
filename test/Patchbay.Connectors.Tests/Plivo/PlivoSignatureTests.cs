using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Plivo;

namespace Patchbay.Connectors.Tests;

public sealed class PlivoSignatureTests
{
    // Computed with Python's hmac, apart from this code.
    private const string Url = "https://hooks.example.com/plivo/status?ref=0d3c6f0e";
    private const string V2 = "zUpTs6raX+pnVBz2D/cADlbrolfdMfGe74RS89JBEgs=";
    private const string V2Nonce = "05429567804466091622";

    private const string V3Url = "https://hooks.example.com/plivo/status?t=42";
    private const string V3 = "sqEqXvOMYwcruoCY9mrRqV1tUJPZfE8kdHYUgZH2h2w=";
    private const string V3Nonce = "31627761595286130198";
    private const string V3Body = "Units=1&To=14155550123&Status=delivered&MessageUUID=5b40a428-bfc7-4daf-9d06-726c558bf3b8&From=14155550100";

    private static readonly Connection Other = Connections.Plivo().WithSecret("auth_token", "another-token");

    [Fact]
    public void V2_passes_with_the_accounts_token() => Assert.True(IsGenuineV2(Url, V2, V2Nonce));

    [Theory]
    [InlineData("https://hooks.example.com/plivo/state?ref=0d3c6f0e", V2, V2Nonce)]
    [InlineData(Url, V2, "05429567804466091623")]
    [InlineData(Url, V2, "")]
    [InlineData(Url, "AAAA", V2Nonce)]
    [InlineData(Url, "", V2Nonce)]
    public void V2_covers_path_and_nonce(string url, string signature, string nonce) => Assert.False(IsGenuineV2(url, signature, nonce));

    [Fact]
    public void Another_token_does_not_pass() => Assert.False(IsGenuineV2(Url, V2, V2Nonce, Other));

    [Fact]
    public void The_token_before_a_rotation_passes_too() =>
        Assert.True(IsGenuineV2(Url, V2, V2Nonce, Other.WithSecret("auth_token_previous", Connections.PlivoToken)));

    [Fact]
    public void A_subaccounts_callback_passes_with_the_main_accounts_token() => Assert.True(new PlivoWebhooks().IsGenuine(
        Webhooks.Post(Url, "", ("X-Plivo-Signature-Ma-V2", V2), ("X-Plivo-Signature-V2-Nonce", V2Nonce)),
        Other.WithSecret("main_auth_token", Connections.PlivoToken)));

    [Fact]
    public void The_example_of_Plivos_own_tests_passes() => Assert.True(IsGenuineV2(
        "https://answer.url", "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=", "12345", Connections.Plivo().WithSecret("auth_token", "my_auth_token")));

    [Fact]
    public void V3_passes_whatever_the_order_of_the_fields() => Assert.True(IsGenuineV3(V3Url, V3Body, V3));

    [Theory]
    [InlineData("POST", "https://hooks.example.com/plivo/status", V3Body, "mpPiyP3X0KQGvRGhBzLkrdIymrJvtBXEEQ3x2mSpzAE=")]
    [InlineData("POST", V3Url, "", "J7VvYRN06Mx/RLJMaWfbTirYSxPOJoNq4pPjRXIlDXE=")]
    [InlineData("GET", V3Url, "", "J7VvYRN06Mx/RLJMaWfbTirYSxPOJoNq4pPjRXIlDXE=")]
    [InlineData("GET", "https://hooks.example.com/plivo/status?t=42&Status=sent&MessageUUID=1", "", "RDN5HBxU3eRg0fW/qBOzNYJ7GreYiZ6MmrOXjNH3Hg8=")]
    public void V3_also_signs_requests_without_query_or_body(string method, string url, string body, string signature) =>
        Assert.True(IsGenuineV3(url, body, signature, method));

    [Fact]
    public void V3_may_list_several_signatures() => Assert.True(IsGenuineV3(V3Url, V3Body, $"AAAA, {V3}"));

    [Theory]
    [InlineData("https://hooks.example.com/plivo/status?t=43", V3Body)]
    [InlineData("https://hooks.example.com/plivo/status", V3Body)]
    [InlineData(V3Url, "Units=1&To=14155550123&Status=failed&MessageUUID=5b40a428-bfc7-4daf-9d06-726c558bf3b8&From=14155550100")]
    [InlineData(V3Url, "")]
    public void V3_covers_query_and_body(string url, string body) => Assert.False(IsGenuineV3(url, body, V3));

    [Fact]
    public void Without_a_signature_nothing_passes() => Assert.False(new PlivoWebhooks().IsGenuine(Webhooks.Post(Url, ""), Connections.Plivo()));

    private static bool IsGenuineV2(string url, string signature, string nonce, Connection? connection = null) => new PlivoWebhooks().IsGenuine(
        Webhooks.Post(url, "Status=delivered", ("X-Plivo-Signature-V2", signature), ("X-Plivo-Signature-V2-Nonce", nonce)), connection ?? Connections.Plivo());

    private static bool IsGenuineV3(string url, string body, string signature, string method = "POST")
    {
        var request = Webhooks.Post(url, body, ("X-Plivo-Signature-V3", signature), ("X-Plivo-Signature-V3-Nonce", V3Nonce));
        return new PlivoWebhooks().IsGenuine(request with { Method = method }, Connections.Plivo());
    }
}
