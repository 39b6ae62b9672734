using Patchbay.Connectors.Contracts;
using Patchbay.Engine;

namespace Patchbay.Integrations.Integrations;

/// <summary>A call that the hub makes about an integration for its own sake; safe to be made again.</summary>
/// <param name="open">Null when the integration is not there any more.</param>
internal sealed class IntegrationCall(
    OpenIntegration? open, DeliveryRules rules, Func<OpenIntegration, CancellationToken, Task<CallReport>> call) : IPreparedCall
{
    private static readonly CallReport Gone = new(
        null, ProviderFailure.Rejected(FailureCause.Request, "integration_deleted", "The integration was deleted."), []);

    public DeliveryRules Rules => rules;

    public RepeatSafety Safety => RepeatSafety.Safe;

    public async Task<CallReport> CallAsync(CancellationToken cancellationToken) =>
        open is null ? Gone : await call(open, cancellationToken);

    public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);
}
