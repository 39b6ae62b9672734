using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Instructed;

namespace Patchbay.Connectors.BankTransfer;

/// <summary>
/// Transfers to an account at any bank: the payer is told what to send, with a QR code for their banking app where there is one, and a
/// statement or a person says that it came.
/// </summary>
[Provider("bank_transfer")]
internal sealed class BankTransferPayments(ProviderHttp http) : InstructedPayments(http, "BT")
{
    private const int DefaultDays = 14;

    protected override string AccountField => "account_name";

    protected override TimeSpan Lifetime(Connection connection) => TimeSpan.FromDays(Number(connection, "expiry_days", DefaultDays));

    protected override IEnumerable<InstructionLine> Lines(PaymentRequest request, Connection connection) =>
    [
        new("Beneficiary", connection.Value("account_name")),
        new("Bank", connection.FindValue("bank_name") ?? ""),
        new("IBAN", connection.FindValue("iban") ?? ""),
        new("Account number", connection.FindValue("account_number") ?? ""),
        new("Routing code", connection.FindValue("routing_code") ?? ""),
        new("BIC", connection.FindValue("bic") ?? ""),
    ];

    protected override PayerInstructions Instructions(PaymentRequest request, Connection connection, PayerInstructions instructions) =>
        instructions with
        {
            QrText = connection.FindValue("emv_qr") is { } merchant ? EmvCode.Of(merchant, request.Amount, instructions.Reference)
                : connection.FindValue("iban") is { } iban
                    ? EpcCode.Of(
                        connection.Value("account_name"), iban, connection.FindValue("bic"), request.Amount, instructions.Reference)
                : null,
        };

    protected override string? Refuse(Connection connection) =>
        connection.FindValue("iban") is null && connection.FindValue("account_number") is null
            ? "Enter an IBAN or an account number: else payers do not know where to send the money."
        : connection.FindValue("iban") is { } iban && !Iban.IsValid(iban)
            ? "The check digits of the IBAN do not fit: enter it again."
        : connection.FindValue("emv_qr") is { } code && EmvCode.Read(code) is null
            ? "The text of the EMV QR code is not one whose checksum holds: scan it again, and enter all of it."
        : null;
}
