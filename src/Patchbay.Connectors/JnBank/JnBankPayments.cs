using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Instructed;

namespace Patchbay.Connectors.JnBank;

/// <summary>Transfers to an account at JN Bank, which has no public API: a statement or a person says that they came.</summary>
[Provider("jnbank")]
internal sealed class JnBankPayments(ProviderHttp http) : BankInstructions(http, "JN", "JN Bank")
{
    protected override string Rail(Money amount) => JamaicanRails.Of(amount);
}
