using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Messages;

/// <summary>What a message delivery carries, so that it can be sent without reading the message's row.</summary>
internal sealed record MessagePayload(string To, string? From, string? Body, WhatsAppTemplate? Template);

/// <summary>A message and its payload, from being accepted here to being sent from here, without a read in between.</summary>
internal sealed record MessageInHand(Message Message, MessagePayload Payload);
