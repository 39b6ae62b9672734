using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>A payment request that was found good.</summary>
internal sealed record PaymentInput(Money Amount, string Reference, CaptureMethod Capture, string? InvoiceId, PaymentDetails Details)
{
    public static PaymentInput? Read(CreatePaymentRequest request, DateTimeOffset now, Faults faults)
    {
        var amount = AmountInput.Read(request.Amount, request.Currency, faults);
        var reference = faults.Text(request.Reference, "reference", 200);
        faults.OptionalText(request.Description, "description", 500);
        faults.OptionalText(request.InvoiceId, "invoice_id", 100);
        var country = CountryCode.Read(request.Country, "country", faults);
        faults.Require(request.ExpiresAt is null || request.ExpiresAt > now, "expires_at", "must be in the future");
        var returnUrl = faults.Page(request.ReturnUrl, "return_url");
        var cancelUrl = faults.Page(request.CancelUrl, "cancel_url");
        faults.Require(cancelUrl is null || returnUrl is not null, "cancel_url", "needs return_url");
        MetadataInput.Check(request.Metadata, faults);
        var customer = ReadCustomer(request.Customer, faults);
        var method = ReadMethod(request, faults);
        return faults.Any ? null : new PaymentInput(
            amount!.Value, reference, request.Capture ?? CaptureMethod.Automatic, request.InvoiceId,
            new PaymentDetails(
                request.Description, customer, country, returnUrl, cancelUrl,
                request.Metadata ?? new Dictionary<string, string>(), request.ExpiresAt, method));
    }

    public static Customer? ReadCustomer(CustomerRequest? customer, Faults faults)
    {
        if (customer is null)
            return null;
        faults.OptionalName(customer.Id, "customer.id", 100);
        faults.OptionalText(customer.Name, "customer.name", 200);
        faults.Email(customer.Email, "customer.email");
        faults.OptionalPhone(customer.Phone, "customer.phone");
        return new Customer(customer.Id, customer.Name, customer.Email, customer.Phone);
    }

    private static SavedMethod? ReadMethod(CreatePaymentRequest request, Faults faults)
    {
        if (request.PaymentMethod is not { } given)
            return null;
        var token = faults.Text(given.Token, "payment_method.token", 200);
        faults.Sendable(token, "payment_method.token");
        var customer = faults.OptionalText(given.Customer, "payment_method.customer", 200);
        faults.Sendable(customer ?? "", "payment_method.customer");
        faults.Require(request.IntegrationId is not null, "payment_method", "needs integration_id: only one provider knows it");
        return new SavedMethod(token, customer);
    }
}
