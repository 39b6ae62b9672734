using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// What a receiver verifies by: <c>whsec_</c> and base64 of 24 to 64 bytes (Standard Webhooks), or a text of the caller's own.
/// </summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const int MinText = 16;
    public const int MaxText = 256;

    private const int NewBytes = 32;

    public static Secret New() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes)));

    /// <summary>A secret as a caller gives it; a text of its own has 16 to 256 characters.</summary>
    public static Secret Read(string text, string field, Faults faults)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
            faults.Require(
                TryDecode(text, out var bytes) && bytes.Length is >= 24 and <= 64, field, "must be base64 of 24 to 64 bytes after whsec_");
        else
            faults.Require(
                text.Length is >= MinText and <= MaxText, field,
                $"must have {MinText} to {MaxText} characters, or be whsec_ and base64 of 24 to 64 bytes");
        return new Secret(text);
    }

    /// <summary>The secret that is given, or a new one.</summary>
    public static Secret ReadOrNew(string? given, string field, Faults faults) => given is null ? New() : Read(given, field, faults);

    /// <summary>The key of Standard Webhooks signatures: the decoded bytes, or the text itself where it is not <c>whsec_</c>.</summary>
    public static byte[] KeyOf(Secret secret)
    {
        var text = secret.Reveal();
        return text.StartsWith(Prefix, StringComparison.Ordinal) && TryDecode(text, out var bytes) ? bytes : Encoding.UTF8.GetBytes(text);
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        var encoded = text.AsSpan(Prefix.Length);
        bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length) + 3];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return false;
        bytes = bytes[..length];
        return true;
    }
}
