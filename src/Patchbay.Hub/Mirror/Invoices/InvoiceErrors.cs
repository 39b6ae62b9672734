using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Invoices;

internal static class InvoiceErrors
{
    public static readonly ErrorCode Fixed = new(409, "invoice_fixed", "currency, and customer once money came in, cannot be changed");
}
