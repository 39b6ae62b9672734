using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Instructed;

namespace Patchbay.Connectors.Lynk;

/// <summary>Payments that the payer sends in the Lynk app, which has no API for merchants: a person says that they came.</summary>
[Provider("lynk")]
internal sealed class LynkPayments(ProviderHttp http) : InstructedPayments(http, "LK")
{
    private const int DefaultMinutes = 60;

    protected override string AccountField => "lynk_handle";

    protected override TimeSpan Lifetime(Connection connection) =>
        TimeSpan.FromMinutes(Number(connection, "expiry_minutes", DefaultMinutes));

    protected override IEnumerable<InstructionLine> Lines(PaymentRequest request, Connection connection) =>
    [
        new("Merchant", connection.Value("merchant_name")),
        new("Lynk name", connection.Value("lynk_handle")),
        new("Phone", connection.FindValue("phone") ?? ""),
    ];

    protected override PayerInstructions Instructions(PaymentRequest request, Connection connection, PayerInstructions instructions) =>
        instructions with { QrText = connection.FindValue("qr_text"), AsksForProof = true };
}
