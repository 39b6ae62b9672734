using Patchbay.Connectors.Contracts;
using Patchbay.Hub.PaymentLinks.Page;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>A link request that was found good.</summary>
internal sealed record LinkInput(Money Least, Money Most, string Reference, LinkDetails Details)
{
    public static LinkInput? Read(CreateLinkRequest request, DateTimeOffset now, Faults faults)
    {
        var isKnown = Currency.TryParse(faults.Text(request.Currency, "currency", 3), out var currency);
        faults.Require(isKnown || faults.Concern("currency"), "currency", "is not an ISO 4217 code");
        var (least, most) = Amounts(request, isKnown ? currency : null, faults);
        var reference = faults.Text(request.Reference, "reference", 200);
        faults.OptionalText(request.Description, "description", 500);
        faults.OptionalText(request.InvoiceId, "invoice_id", 100);
        faults.OptionalName(request.CustomerId, "customer_id", 100);
        faults.Require(request.ExpiresAt is null || request.ExpiresAt > now, "expires_at", "must be in the future");
        faults.Require(
            request.Locale is null || PayPageTexts.Knows(request.Locale), "locale",
            $"must be one of {string.Join(", ", PayPageTexts.Locales)}");
        var country = CountryCode.Read(request.Country, "country", faults);
        MetadataInput.Check(request.Metadata, faults);
        var known = request.Customer;
        var customer = known is null && request.CustomerId is null ? null : PaymentInput.ReadCustomer(
            new CustomerRequest(request.CustomerId, known?.Name, known?.Email, known?.Phone), faults);
        var success = faults.Page(request.SuccessUrl, "success_url");
        return faults.Any ? null : new LinkInput(
            least!.Value, most!.Value, reference, new LinkDetails(
                request.Description, request.Methods, success, request.Locale, country,
                customer, request.Metadata ?? new Dictionary<string, string>()));
    }

    private static (Money? Least, Money? Most) Amounts(CreateLinkRequest request, Currency? currency, Faults faults)
    {
        var chosen = request.AmountMin is not null || request.AmountMax is not null;
        faults.Require(!chosen || request.Amount is null, "amount", "must be left out where amount_min and amount_max are given");
        if (!chosen)
        {
            var amount = AmountInput.Read(request.Amount, currency, "amount", faults);
            return (amount, amount);
        }

        var (least, most) = (
            AmountInput.Read(request.AmountMin, currency, "amount_min", faults),
            AmountInput.Read(request.AmountMax, currency, "amount_max", faults));
        faults.Require(!(least > most), "amount_max", "must not be below amount_min");
        return (least, most);
    }
}
