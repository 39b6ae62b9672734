namespace Patchbay.Engine;

/// <summary>Lets lanes hear what other nodes found out about their destinations.</summary>
internal sealed class WarningExchange(LaneWarnings warnings, LaneSet lanes)
{
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in await warnings.ExchangeAsync(cancellationToken))
            lanes.Find(warning.Lane)?.Heed(warning);
    }
}
