using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Instructed;

/// <summary>Payments by transfer to an account at one bank.</summary>
/// <param name="bank">As payers know it.</param>
internal abstract class BankInstructions(ProviderHttp http, string prefix, string bank) : InstructedPayments(http, prefix)
{
    private const int DefaultDays = 3;

    protected override string AccountField => "account_name";

    protected override TimeSpan Lifetime(Connection connection) => TimeSpan.FromDays(Number(connection, "expiry_days", DefaultDays));

    protected override IEnumerable<InstructionLine> Lines(PaymentRequest request, Connection connection) =>
    [
        new("Bank", bank),
        new("Beneficiary", connection.Value("account_name")),
        new("Account number", connection.Value("account_number")),
        new("Account type", connection.FindValue("account_type") ?? ""),
        new("Branch", connection.FindValue("branch") ?? ""),
        new("SWIFT", connection.FindValue("swift") ?? ""),
        new("Rail", Rail(request.Amount)),
    ];

    /// <summary>Which way such an amount takes; empty when it does not matter.</summary>
    protected virtual string Rail(Money amount) => "";
}
