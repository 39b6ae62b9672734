using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>What is told of expenses. The data is the expense.</summary>
internal static class ExpenseEvents
{
    public static readonly EventType Created = Of("created", "An expense was mirrored");

    public static readonly EventType Updated = Of("updated", "The business system says something else of an expense");

    private static EventType Of(string name, string description)
    {
        var at = new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
        return EventType.Of("expense." + name, description, new ExpenseView(
            ExpenseId.Parse("exp_01kank7q2de8r5t9w4m6h1y3b2", null), IntegrationMode.Live, "BILL-77", "Paper & Co", "EUR", "18.40",
            "office", null, at.AddDays(-1), null, new Dictionary<string, string>(), at, at));
    }
}
