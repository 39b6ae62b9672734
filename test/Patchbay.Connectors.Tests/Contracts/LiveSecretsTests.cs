using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>Whoever can guess a secret can forge webhooks, so one that can be guessed verifies nothing.</summary>
public sealed class LiveSecretsTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("        ", false)]
    [InlineData("1234567", false)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_abcdefg", false)]
    [InlineData("sk_test_", false)]
    [InlineData("12345678", true)]
    [InlineData("whsec_abcdefgh", true)]
    public void A_secret_without_substance_does_not_count(string text, bool counts)
    {
        Secret[] expected = counts ? [new Secret(text)] : [];

        Assert.Equal(expected, With("key", text).LiveSecrets("key"));
        Assert.Equal(expected, With("key_previous", text).LiveSecrets("key"));
    }

    private static Connection With(string name, string secret) => new(
        "int_01", IntegrationMode.Live, new Dictionary<string, string>(),
        new Dictionary<string, Secret> { [name] = new(secret) }, new Dictionary<string, string>(), new Uri("https://hub.example/"));
}
