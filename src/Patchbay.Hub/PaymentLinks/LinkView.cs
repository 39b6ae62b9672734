using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>A payment link as the API shows it. Amounts are decimal strings in major units of <c>currency</c>.</summary>
/// <param name="Url">The page. Shown once, when it is made: only a hash of the token in it is kept.</param>
/// <param name="Amount">Null where the payer chooses.</param>
/// <param name="PaymentId">Of a link for one payment: the one that is under way, or has paid it.</param>
public sealed record LinkView(
    LinkId Id, Uri? Url, Uri? QrSvgUrl, Uri? QrPngUrl, IntegrationMode Mode, LinkStatus Status, LinkUsage Usage, string? Amount,
    string? AmountMin, string? AmountMax, string Currency, string Reference, string? Description, string? InvoiceId, string? CustomerId,
    IReadOnlyList<string>? Methods, Uri? SuccessUrl, string? Locale, string? Country, PaymentId? PaymentId, int PaidCount,
    IReadOnlyDictionary<string, string> Metadata, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static LinkView Of(PaymentLink link) => Of(link, null);

    /// <param name="url">Of the page; null when it is not known any more.</param>
    public static LinkView Of(PaymentLink link, Uri? url)
    {
        var details = link.Details!;
        var chosen = link.Amount is null;
        return new LinkView(
            link.Id, url, url is null ? null : new Uri(url.AbsoluteUri + "/qr.svg"),
            url is null ? null : new Uri(url.AbsoluteUri + "/qr.png"), link.Mode, link.Status, link.Usage, link.Amount?.ToAmountString(),
            chosen ? new Money(link.AmountMin, link.Currency).ToAmountString() : null,
            chosen ? new Money(link.AmountMax, link.Currency).ToAmountString() : null, link.Currency.Code, link.Reference,
            details.Description, link.InvoiceId, link.CustomerId, details.Methods, details.SuccessUrl, details.Locale, details.Country,
            link.PaymentId, link.PaidCount, details.Metadata, link.ExpiresAt, link.CreatedAt, link.UpdatedAt);
    }
}
