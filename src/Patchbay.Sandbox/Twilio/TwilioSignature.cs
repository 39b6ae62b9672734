using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Twilio;

/// <summary>The <c>X-Twilio-Signature</c> header of a form callback.</summary>
/// <remarks>Source: twilio-csharp RequestValidator.cs.</remarks>
internal static class TwilioSignature
{
    /// <param name="url">The address exactly as called, without a fragment.</param>
    public static string Of(Secret authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(name).Append(value);
        return Convert.ToBase64String(Signatures.HmacSha1(authToken, text.ToString()));
    }
}
