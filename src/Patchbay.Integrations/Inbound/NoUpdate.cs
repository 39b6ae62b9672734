using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>A reported fact that moves nothing, although it was understood: the webhook ends as ignored.</summary>
/// <param name="subject">Null when it is about none of ours.</param>
/// <param name="why">For people who ask why it did nothing.</param>
public sealed class NoUpdate(string? subject, string why) : ISubjectUpdate
{
    public string? Subject => subject;

    public string Why => why;

    public void Need(LedgerNeeds needs)
    {
    }

    public void Apply(LedgerRows rows, DateTimeOffset now)
    {
    }
}
