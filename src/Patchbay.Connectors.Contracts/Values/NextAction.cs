namespace Patchbay.Connectors.Contracts;

/// <summary>What the customer who pays, or is paid, has to do.</summary>
/// <param name="Type"><c>redirect</c>, <c>embed</c>, <c>client_secret</c>, <c>qr</c> or <c>instructions</c>.</param>
/// <param name="Url">For a redirect. For <c>embed</c>: the page to be shown in a frame instead of the script; null when there is none. Else
/// null.</param>
/// <param name="ClientSecret">For the provider's script in the caller's page; else null.</param>
/// <param name="PublishableKey">The key that goes with the client secret; null when none was entered.</param>
public sealed record NextAction(string Type, Uri? Url = null, string? ClientSecret = null, string? PublishableKey = null)
{
    /// <summary>Of <c>embed</c>: the script for the caller's page; null for all others.</summary>
    public Uri? ScriptUrl { get; init; }

    /// <summary>Of <c>embed</c>: whose cashier the script shows; null where the token says it.</summary>
    public string? CashierKey { get; init; }

    /// <summary>Of <c>embed</c>: opens this payment in the script. It may be told to the customer's browser.</summary>
    public string? CashierToken { get; init; }

    /// <summary>Of <c>instructions</c>: what the payer is told; null for all others.</summary>
    public PayerInstructions? Instructions { get; init; }

    /// <summary>
    /// Of <c>embed</c>: a document for the <c>srcdoc</c> of a frame, where the provider has neither a script nor an address to show, of at
    /// most <see cref="LongestHtml"/> characters. It is for the customer alone: exchanges, lists and events leave it out.
    /// </summary>
    public string? Html { get; init; }

    public const int LongestHtml = 64 * 1024;
}
