namespace Patchbay.Connectors.Contracts;

/// <summary>In the order in which a dispute can move.</summary>
public enum DisputeState
{
    None,
    Open,
    Won,
    Lost,
}
