using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>The cashier in the merchant's page. The page has to send its origin, and Praxis to have allowed it.</summary>
/// <remarks>Source: https://doc.praxiscashier.com/integration_docs/latest/cashier_api/cashier.</remarks>
[Provider("praxis")]
internal sealed class PraxisCheckout : IEmbedCheckout
{
    private static readonly Uri Live = new("https://cdn-gateway.praxispay.com/sdk/js/praxis_cashier.v1_3.js");
    private static readonly Uri Sandbox = new("https://cdn.cashier-test.com/sdk/js/praxis_cashier.v1_3.js");

    private const string Start = """
        const {token,language}=document.currentScript.dataset;
        PraxisCashier({auth_token:token,container:document.getElementById("cashier"),autoclose:true,mode:"iframe",locale:language}).render()
        """;

    public static EmbeddedCheckout Of(IntegrationMode mode) => new(mode == IntegrationMode.Live ? Live : Sandbox) { Start = Start };

    public EmbeddedCheckout Checkout(IntegrationMode mode, IReadOnlyDictionary<string, string> credentials) => Of(mode);
}
