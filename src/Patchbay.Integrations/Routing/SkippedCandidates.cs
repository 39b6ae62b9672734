namespace Patchbay.Integrations.Routing;

/// <summary>Collects skipped candidates up to a bound and counts the rest. Costs nothing while nothing is skipped.</summary>
internal struct SkippedCandidates
{
    private const int Max = 16;

    private List<SkippedCandidate>? _first;

    public readonly IReadOnlyList<SkippedCandidate> First => _first ?? (IReadOnlyList<SkippedCandidate>)[];

    public int More { get; private set; }

    public void Add(SkippedCandidate candidate)
    {
        _first ??= [];
        if (_first.Count < Max)
            _first.Add(candidate);
        else
            More++;
    }
}
