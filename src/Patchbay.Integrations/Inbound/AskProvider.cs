using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>A hint that something happened: the provider is asked, and its answer moves the subject.</summary>
/// <param name="subject">TypeID.</param>
/// <param name="question">The delivery that asks; any node may make it.</param>
public sealed class AskProvider(string subject, Delivery question) : ISubjectUpdate
{
    public string Subject => subject;

    public void Need(LedgerNeeds needs)
    {
    }

    public void Apply(LedgerRows rows, DateTimeOffset now) => rows.Insert(DeliveryTable.Instance, question with { DueAt = now });
}
