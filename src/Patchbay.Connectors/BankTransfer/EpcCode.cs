using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BankTransfer;

/// <summary>What the QR code of a SEPA credit transfer says, from which banking apps fill it in.</summary>
/// <remarks>Source: European Payments Council, EPC069-12, version 002: eleven lines of which trailing empty ones may be left out.</remarks>
internal static class EpcCode
{
    private const int MaxName = 70;

    /// <summary>Null for what SEPA does not carry: other currencies, and amounts beyond 999,999,999.99.</summary>
    /// <param name="bic">May be left out within the European Economic Area.</param>
    /// <param name="text">What the payer gives along, at most 140 characters.</param>
    public static string? Of(string name, string iban, string? bic, Money amount, string text) =>
        amount.Currency.Code != "EUR" || amount.Amount > 999_999_999.99m ? null
        : string.Join(
            '\n', "BCD", "002", "1", "SCT", bic ?? "", name.Length > MaxName ? name[..MaxName] : name, iban,
            "EUR" + amount.ToAmountString(), "", "", text);
}
