using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>What is told of customers. The data is the customer.</summary>
internal static class CustomerEvents
{
    public static readonly EventType Created = Of("created", "A customer was mirrored");

    public static readonly EventType Updated = Of("updated", "Something else is known of a customer, or their credit changed");

    private static EventType Of(string name, string description)
    {
        var at = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        return EventType.Of("customer." + name, description, new CustomerView(
            CustomerId.Parse("cus_01kank2b5wev4t8y6h3m9d7q1r", null), IntegrationMode.Live, "C-1001", "Ann Example", "ann@example.com",
            "+4915112345678", "DE", "de", "Europe/Berlin", null, new Dictionary<string, string>(), [], at, at));
    }
}
