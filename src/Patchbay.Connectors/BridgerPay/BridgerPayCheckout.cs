using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>The cashier in the merchant's page: <c>data-cashier-key</c> and <c>data-cashier-token</c> of the script's element.</summary>
/// <remarks>Source: https://docs.bridgerpay.com (API v2, embed). Older merchants have another script.</remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayCheckout : IEmbedCheckout
{
    private const string Launcher = "https://checkout.bridgerpay.com/v2/launcher";

    public static EmbeddedCheckout Of(IReadOnlyDictionary<string, string> credentials) =>
        new(new Uri(credentials.GetValueOrDefault("script_url", Launcher)), credentials["cashier_key"]);

    public EmbeddedCheckout Checkout(IntegrationMode mode, IReadOnlyDictionary<string, string> credentials) => Of(credentials);
}
