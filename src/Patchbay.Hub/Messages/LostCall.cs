using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

public readonly record struct LostCallKey(TenantId Tenant, MessageId Message, int Number);

/// <summary>
/// A call for a message whose outcome was never told. Until it is known which record it made at the provider, if any, it may have made each
/// of those that nobody is known by: also after its message was sent again, or elsewhere.
/// </summary>
/// <param name="Key">The number is the attempt's.</param>
/// <param name="To">As the message has it.</param>
/// <param name="LostAt">After the call.</param>
/// <param name="KeptUntil">By then nobody looks for messages of that time any more.</param>
[LedgerTable("lost_calls")]
public sealed partial record LostCall(
    [Key] LostCallKey Key, [Fixed] IntegrationId IntegrationId, [Fixed, Column("recipient")] string To, [Fixed] DateTimeOffset LostAt,
    [Fixed] DateTimeOffset KeptUntil)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The record that is taken for the one it made; null while that is not known.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>Null when the step was no call, or it is known whether it was carried out.</summary>
    public static LostCall? Of(StepTaken step, Message message) =>
        step is { Attempt: { Kind: AttemptKind.Call } attempt, Report: null or { Failure.NothingHappened: false } }
            ? new LostCall(
                new(message.TenantId, message.Id, attempt.Number), new IntegrationId(step.CalledLane.Value), message.To, step.Now,
                step.Now + Kept)
            : null;
}
