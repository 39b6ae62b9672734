using Patchbay.Platform.Events;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>What is told of leads.</summary>
internal static class LeadEvents
{
    public static readonly EventType Registered = Of("registered", "A lead was registered for an affiliate", null);

    public static readonly EventType Updated = Of(
        "updated", "A lead's customer or country became known, or the country was corrected", null);

    public static readonly EventType Deposit = Of("deposit", "A lead has paid money in", "250.00");

    public static readonly EventType DepositReversed = Of(
        "deposit_reversed", "Money that a lead had paid in was refunded or charged back", "50.00");

    public static readonly EventType Ftd = Of(
        "ftd", "A lead's deposits have reached the minimum of its country; nothing is told of the lead after that", "250.00");

    private static EventType Of(string name, string description, string? amount)
    {
        var at = new DateTimeOffset(2026, 11, 21, 14, 3, 0, TimeSpan.Zero);
        return EventType.Of("lead." + name, description, new LeadNews(
            LeadId.Parse("led_01kanx0fv9e5vbr9b7xw6n4c2m", null), "portal-7", "L-1042", "cus_17", "BR", 12, at,
            amount is null ? null : new DepositNews(
                "dep-88", amount, "BRL", at, "0.2", amount == "50.00" ? "10.00" : "50.00", "USD", amount == "50.00" ? "90.00" : "100.00")));
    }
}
