using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;

namespace Patchbay.Integrations.Deliveries;

/// <summary>What providers are asked to do, declared once: its word, whom it acts for, and how far the hub goes to have it done.</summary>
/// <param name="Name">A word of <see cref="Capabilities"/>, or one of the hub's own.</param>
/// <param name="SubjectPrefix">Of the ids of what its deliveries act for, for example <c>pay</c>.</param>
/// <param name="Rules">How often and how long it is tried, unless an integration's settings say otherwise.</param>
public sealed record ProviderCapability(string Name, string SubjectPrefix, DeliveryRules Rules)
{
    /// <summary>It changes nothing at the provider.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>
    /// What a person who acts on its deliveries must be allowed, beside <c>write:deliveries</c>; null: nothing more. Never null when money
    /// moves.
    /// </summary>
    public string? Permission { get; init; }

    /// <summary>The interface of connectors that can tell what came of a call whose answer was lost; null when there is none.</summary>
    public Type? LookedUpBy { get; init; }

    /// <summary>What is safe when an answer was lost: by the manifest, else by what the connector can tell, else by the stakes.</summary>
    /// <param name="provider">Null when the integration is gone.</param>
    public RepeatSafety SafetyAt(Provider? provider) =>
        OnlyReads ? RepeatSafety.Safe
        : provider?.Manifest.Idempotency == ProviderIdempotency.Native ? (Tells(provider) ? RepeatSafety.SafeThenLookUp : RepeatSafety.Safe)
        : Tells(provider) ? RepeatSafety.LookUp
        : Rules.MovesMoney ? RepeatSafety.Never
        : RepeatSafety.AtLeastOnce;

    private bool Tells(Provider? provider) => LookedUpBy is not null && provider?.Has(LookedUpBy) == true;
}
