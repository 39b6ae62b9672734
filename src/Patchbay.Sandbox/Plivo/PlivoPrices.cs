using System.Globalization;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Plivo;

/// <summary>What the sandbox charges, in US dollars.</summary>
internal static class PlivoPrices
{
    public const string Rate = "0.00550";

    public static string Of(SentMessage message) => (0.0055m * message.Segments).ToString("F5", CultureInfo.InvariantCulture);
}
