using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Messages;

/// <summary>What a message delivery carries, so that it can be sent without reading the message's row.</summary>
/// <param name="Mode">Null for one that was placed before it was carried.</param>
/// <param name="OverrideSuppression">It goes out although the recipient is not to be written to.</param>
/// <param name="Email">Of e-mails alone.</param>
internal sealed record MessagePayload(
    string To, string? From, string? Body, WhatsAppTemplate? Template, IntegrationMode? Mode = null, bool OverrideSuppression = false,
    EmailContent? Email = null);

/// <summary>A message and its payload, from being accepted here to being sent from here, without a read in between.</summary>
internal sealed record MessageInHand(Message Message, MessagePayload Payload);
