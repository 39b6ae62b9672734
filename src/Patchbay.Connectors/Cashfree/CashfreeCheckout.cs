using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>The checkout in the merchant's page; the token is the session: <c>checkout({ paymentSessionId })</c>.</summary>
/// <remarks>Source: https://www.cashfree.com/docs.</remarks>
[Provider("cashfree")]
internal sealed class CashfreeCheckout : IEmbedCheckout
{
    public static EmbeddedCheckout Script { get; } = new(new Uri("https://sdk.cashfree.com/js/v3/cashfree.js"));

    /// <summary>The page becomes Cashfree's until the customer has paid.</summary>
    public EmbeddedCheckout Checkout(IntegrationMode mode, IReadOnlyDictionary<string, string> credentials)
    {
        var world = mode == IntegrationMode.Live ? "production" : "sandbox";
        return Script with
        {
            Start = $$"""
                Cashfree({mode:"{{world}}"}).checkout({paymentSessionId:document.currentScript.dataset.token,redirectTarget:"_self"})
                """,
        };
    }
}
