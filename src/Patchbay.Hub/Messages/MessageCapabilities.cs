using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Messages;

/// <summary>What providers do with messages: at least once and, where one can be searched, not twice without need.</summary>
internal static class MessageCapabilities
{
    /// <summary>6 tries in 1 hour, after 2 seconds at first and five times as long each time.</summary>
    private static readonly DeliveryRules Rules = new(6, TimeSpan.FromHours(1), TimeSpan.FromSeconds(2), 5, MovesMoney: false);

    public static readonly ProviderCapability SendSms = Sends(Capabilities.SendSms);

    public static readonly ProviderCapability SendWhatsApp = Sends(Capabilities.SendWhatsApp);

    public static readonly ProviderCapability SendEmail = Sends(Capabilities.SendEmail);

    public static ProviderCapability Of(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => SendSms,
        MessageChannel.Whatsapp => SendWhatsApp,
        _ => SendEmail,
    };

    private static ProviderCapability Sends(string name) => new(name, MessageId.Prefix, Rules) { LookedUpBy = typeof(ILookUpMessage) };
}
