using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Suppressions;

/// <summary>What is told of the list. The data is the recipient.</summary>
internal static class SuppressionEvents
{
    public static readonly EventType Added = Of("added", "A recipient is not written to any more");

    public static readonly EventType Lifted = Of("lifted", "A recipient may be written to again");

    private static EventType Of(string name, string description) => EventType.Of(
        "suppression." + name, description, new SuppressedRecipientView(
            SuppressedRecipientId.Parse("spr_01kanz5m9te2r8w4y6c1q3h7ba", null), IntegrationMode.Live, MessageChannel.Sms, "+18765550123",
            SuppressionCause.OptedOut, "int_01kanwzq3se8fbx0t2d7j4m9rk", null, new DateTimeOffset(2026, 11, 21, 14, 3, 0, TimeSpan.Zero)));
}
