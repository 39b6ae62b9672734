using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Calls;

/// <summary>What the customer has to do.</summary>
/// <param name="Type"><c>redirect</c>, <c>embed</c>, <c>client_secret</c>, <c>qr</c> or <c>instructions</c>.</param>
/// <param name="Url">For a redirect. For <c>embed</c>: the cashier as a page, for a frame instead of the script, if there is one.</param>
/// <param name="ClientSecret">For the provider's script in the caller's page; else null.</param>
/// <param name="PublishableKey">The key that goes with the client secret; null when none was entered.</param>
/// <param name="ScriptUrl">For <c>embed</c>: the provider's script; else null.</param>
/// <param name="CashierKey">For <c>embed</c>: whose cashier the script shows; null where the token says it.</param>
/// <param name="CashierToken">For <c>embed</c>: opens this payment in the script; else null.</param>
/// <param name="Instructions">For <c>instructions</c>: what the payer is told; else null.</param>
/// <param name="Html">For <c>embed</c>: the document for a frame's <c>srcdoc</c>, where there is neither script nor page; else null. Lists
/// and events leave it out.</param>
public sealed record NextActionView(
    string Type, Uri? Url, string? ClientSecret, string? PublishableKey, Uri? ScriptUrl, string? CashierKey, string? CashierToken,
    PayerInstructions? Instructions, string? Html);
