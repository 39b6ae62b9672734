using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>What is to be recorded of a delivery.</summary>
/// <param name="Held">As it is in the database, as far as this node knows, and leased.</param>
/// <param name="Counted">The same with what was just done already counted.</param>
/// <param name="Step">What follows.</param>
/// <param name="Now">The moment of the decision.</param>
internal sealed record Recording(Delivery Held, Delivery Counted, DeliveryStep Step, IDeliveryHandler Handler, DateTimeOffset Now)
{
    /// <summary>Why it did not go well; null when it did, or when nothing is known.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>Null when none was made.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>What the feature is told of the call; null when none was made.</summary>
    public CallReport? Report { get; init; }
}
