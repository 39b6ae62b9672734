namespace Patchbay.Sandbox.Messages;

/// <summary>What a request asks to send, as it was written.</summary>
/// <param name="To">Null when it is missing.</param>
/// <param name="Body">Empty when it is missing.</param>
public sealed record MessageOrder(string? To, string? From, string Body)
{
    /// <summary>Where receipts are reported; null for nowhere.</summary>
    public string? Callback { get; init; }

    /// <summary>How they are; null for the vendor's default.</summary>
    public string? Method { get; init; }

    /// <summary>What picks the sender, such as Twilio's messaging service; null for none.</summary>
    public string? Service { get; init; }

    /// <summary>The caller's own id, which receipts give back; null for none, or where the vendor takes none.</summary>
    public string? Reference { get; init; }

    /// <summary>The vendor's word for the channel; null for its default.</summary>
    public string? Type { get; init; }

    /// <summary>When it is to leave; null for at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>How many pictures and the like go with it.</summary>
    public int Media { get; init; }

    /// <summary>Whether somebody can read it where a receipt says so.</summary>
    public bool IsWhatsApp { get; init; }

    /// <summary>Whether the callback is an address that can be called.</summary>
    public bool CallbackIsValid =>
        Callback is null || (Uri.TryCreate(Callback, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");
}
