using System.Collections.Frozen;

namespace Patchbay.Connectors.Plivo;

/// <summary>The delivery error codes whose meaning Plivo's page confirms; others are shown as a number only.</summary>
/// <remarks>Source: https://www.plivo.com/docs/messaging/troubleshooting/error-codes.</remarks>
internal static class PlivoErrorCodes
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["10"] = "The message is not valid.",
        ["20"] = "A network error.",
        ["30"] = "The carrier took it for spam.",
        ["40"] = "The sender is not valid.",
        ["50"] = "The recipient's number is not valid.",
        ["420"] = "The message expired in Plivo's queue.",
    }.ToFrozenDictionary();

    /// <summary>Null for a code that is not in the table.</summary>
    public static string? Text(string code) => Known.GetValueOrDefault(code);
}
