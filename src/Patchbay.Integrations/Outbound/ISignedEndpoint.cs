using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// An address of a tenant's to which signed messages are sent: what all features with such addresses have in common. Its row has these
/// columns, is part of the tenant's configuration, and its messages are deliveries on the lane of its id.
/// </summary>
public interface ISignedEndpoint
{
    TenantId TenantId { get; }

    /// <summary>Of its id; figures and client certificates go by that, too.</summary>
    LaneId Lane { get; }

    string Url { get; }

    /// <summary>What its secrets are sealed for: a word of the feature's and its id. It never changes.</summary>
    string Purpose { get; }

    /// <summary><see cref="EndpointSecrets"/>, sealed; empty once it is deleted.</summary>
    byte[] SealedSecrets { get; }

    /// <summary>Until then what is sent is signed with the secret before, too; null when there is none.</summary>
    DateTimeOffset? PreviousSecretUntil { get; }

    /// <summary>False: what there is for it waits.</summary>
    bool IsActive { get; }
}

public static class SignedEndpoints
{
    /// <summary>A disabled endpoint's lane is closed and keeps what it has.</summary>
    /// <param name="rate">Calls a second.</param>
    /// <param name="concurrency">1: one message at a time, in their order.</param>
    /// <param name="disabled">Why it is closed then, as one word.</param>
    public static LaneSettings LaneSettings(this ISignedEndpoint endpoint, double rate, int concurrency, string disabled) =>
        new(rate, concurrency, endpoint.IsActive ? null : disabled) { MayFallBack = false };

    /// <summary>Whether the secrets are still those that were seen.</summary>
    public static bool IsSealedAs(this ISignedEndpoint endpoint, ISignedEndpoint seen) =>
        endpoint.SealedSecrets.AsSpan().SequenceEqual(seen.SealedSecrets);
}
