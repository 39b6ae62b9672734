using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>That the customer agreed, as it is kept with the payment until it is completed, and without the token afterwards.</summary>
/// <param name="Token">Completes the transaction, once; empty when it was used.</param>
internal sealed record PowerTranzAgreement(string Transaction, DateTimeOffset At, string Token)
{
    private const string Key = "agreed";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public (string, string?) Data => (Key, string.Create(CultureInfo.InvariantCulture, $"{Transaction}|{At.ToUnixTimeSeconds()}|{Token}"));

    /// <summary>Null when the customer has not agreed yet.</summary>
    public static PowerTranzAgreement? Of(PaymentHandle payment) =>
        payment.ProviderData.GetValueOrDefault(Key)?.Split('|', 3) is [var transaction, var at, var token]
            ? new PowerTranzAgreement(
                transaction, DateTimeOffset.FromUnixTimeSeconds(long.Parse(at, CultureInfo.InvariantCulture)), token)
            : null;

    public bool MayBeUsed(DateTimeOffset now) => Token.Length > 0 && now - At < Lifetime;

    public PowerTranzAgreement Used() => this with { Token = "" };
}
