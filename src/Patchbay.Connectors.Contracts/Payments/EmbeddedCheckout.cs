namespace Patchbay.Connectors.Contracts;

/// <summary>
/// For providers whose customers pay in the caller's page (manifest: <c>checkout: embed</c>) by a script. Calls nobody.
/// </summary>
public interface IEmbedCheckout
{
    /// <param name="credentials">Those that are not secret.</param>
    EmbeddedCheckout Checkout(IntegrationMode mode, IReadOnlyDictionary<string, string> credentials);
}

/// <summary>What shows the provider's cashier in any page; what a single payment needs comes with that.</summary>
/// <param name="ScriptUrl">The provider's script.</param>
/// <param name="CashierKey">Tells the script whose cashier it is; null where the payment's token does.</param>
public sealed record EmbeddedCheckout(Uri ScriptUrl, string? CashierKey = null)
{
    /// <summary>
    /// Starts the cashier in a page that knows no provider: a script that runs after <see cref="ScriptUrl"/>, finds the payment's token
    /// and the page's language in its element's <c>data-token</c> and <c>data-language</c>, and may fill the element <c>#cashier</c>.
    /// Null where the provider's script starts by what its own element says.
    /// </summary>
    public string? Start { get; init; }

    /// <param name="page">The cashier as a page of its own, for a frame; null when there is none.</param>
    /// <param name="token">Opens the payment in the script.</param>
    public NextAction NextAction(Uri? page, string? token) =>
        new("embed", page) { ScriptUrl = ScriptUrl, CashierKey = CashierKey, CashierToken = token };
}
