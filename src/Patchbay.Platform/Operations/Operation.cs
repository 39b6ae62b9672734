using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>A change that was validated and is ready to be committed.</summary>
/// <param name="Work">Decides over locked rows and says what to answer.</param>
public sealed record Operation(LedgerWork<Result<Reply, Error>> Work)
{
    /// <summary>The delivery that the work inserts; begins after the commit. Null when there is none.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The answer for a caller that waited, read anew after the first outcome. Null when waiting makes no sense.</summary>
    public Func<CancellationToken, Task<Reply>>? AfterOutcome { get; init; }

    /// <summary>How long a caller waits who did not say; zero: not at all.</summary>
    public TimeSpan DefaultWait { get; init; }

    /// <summary>The tenant's integrations, rules or keys change.</summary>
    public bool ChangesConfig { get; init; }

    /// <summary>How long a repeat gets the same answer; null: 24 hours.</summary>
    public TimeSpan? Keep { get; init; }

    /// <summary>For answers that hold a secret.</summary>
    public IBodySeal? Seal { get; init; }

    /// <summary>
    /// A refusal where success would have held a secret: with the seal, so that a repeat of what once succeeded gets that answer again
    /// even though it would be refused now.
    /// </summary>
    public static Operation Refused(Error error, IBodySeal seal) => new(new RefusedWork(error)) { Seal = seal };
}
