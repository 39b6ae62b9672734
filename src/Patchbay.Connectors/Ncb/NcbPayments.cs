using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Instructed;

namespace Patchbay.Connectors.Ncb;

/// <summary>Transfers to an account at NCB, which has no public API: a statement or a person says that they came.</summary>
[Provider("ncb")]
internal sealed class NcbPayments(ProviderHttp http) : BankInstructions(http, "NC", "National Commercial Bank Jamaica")
{
    protected override string Rail(Money amount) => JamaicanRails.Of(amount);
}
