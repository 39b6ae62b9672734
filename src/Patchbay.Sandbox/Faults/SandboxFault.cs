using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Faults;

/// <summary>One misbehaviour, switched on until its count is used up or the faults are cleared.</summary>
public sealed record SandboxFault(FaultKind Kind)
{
    /// <summary>A vendor's name such as <c>stripe</c>; null for all.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// An operation such as <c>refunds.create</c>, or for webhook faults an event such as <c>charge.refunded</c> or <c>delivered</c>; null
    /// for all.
    /// </summary>
    public string? Operation { get; init; }

    /// <summary>How many requests or webhooks it strikes; null for all until cleared.</summary>
    public int? Count { get; init; }

    /// <summary>How long a slow, hanging or late one takes; null for the default of <see cref="SandboxOptions"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The Retry-After of an error answer, in whole seconds; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/> (400 when null) and of the server errors (500 when null).</summary>
    public int? Status { get; init; }

    internal bool IsForWebhooks => Kind >= FaultKind.WebhookDuplicate;

    internal bool Strikes(string provider, string operation) =>
        (Provider is null || Provider.Equals(provider, StringComparison.OrdinalIgnoreCase))
            && (Operation is null || Operation == operation);
}
