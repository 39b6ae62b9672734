namespace Patchbay.Connectors.Contracts;

/// <summary>What the value of an HTTP header can carry: printable ASCII.</summary>
public static class HeaderText
{
    /// <summary>The code of a request that was not sent because of a header.</summary>
    public const string Unsendable = "unsendable_header";

    public static bool CanBeSent(string text) => text.All(character => character is >= ' ' and <= '~');

    /// <summary>
    /// Why a request is not sent: it would break while it is written, and look as if its answer had been lost. Null: every header can be
    /// sent.
    /// </summary>
    public static ProviderFailure? Refuse(HttpRequestMessage message)
    {
        foreach (var (name, values) in message.Headers.NonValidated.Concat(message.Content?.Headers.NonValidated ?? default))
        {
            if (!values.All(CanBeSent))
            {
                return ProviderFailure.Rejected(
                    FailureCause.Request, Unsendable,
                    $"Nothing was sent: the header '{name}' has a character that headers cannot carry; only printable ASCII can be sent.");
            }
        }

        return null;
    }
}
