namespace Patchbay.Connectors.Contracts;

/// <summary>What a message travels by.</summary>
public enum MessageChannel
{
    Sms,
    Whatsapp,
    Email,
}
