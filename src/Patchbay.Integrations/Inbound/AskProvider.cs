using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>A hint that something happened: the provider is asked, and its answer moves the subject.</summary>
/// <param name="subject">TypeID.</param>
/// <param name="questions">The deliveries that ask; any node may make them.</param>
public sealed class AskProvider(string subject, params IReadOnlyList<Delivery> questions) : ISubjectUpdate
{
    public string Subject => subject;

    public void Need(LedgerNeeds needs)
    {
    }

    public void Apply(LedgerRows rows, DateTimeOffset now)
    {
        foreach (var question in questions)
            rows.Insert(DeliveryTable.Instance, question with { DueAt = now });
    }
}
