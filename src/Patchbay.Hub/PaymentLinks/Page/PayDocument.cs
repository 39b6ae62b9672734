using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>A page as it is sent, and what it may load.</summary>
internal sealed record PayDocument(string Html)
{
    public int Status { get; init; } = 200;

    /// <summary>What it shows in a frame; null for nothing.</summary>
    public Uri? Frame { get; init; }

    /// <summary>A provider's script in it; null for none.</summary>
    public Uri? Script { get; init; }

    /// <summary>The text of the one script that stands in it; null for none.</summary>
    public string? Inline { get; init; }

    /// <summary>It is shown in a frame of this hub's own page.</summary>
    public bool IsFramed { get; init; }

    /// <summary>Providers look where their cashier is shown: they are told the hub's origin, never the link.</summary>
    public string ReferrerPolicy => Frame is null && Script is null ? "no-referrer" : "strict-origin";

    /// <param name="style">The text of the page's own style.</param>
    public string Policy(string style) =>
        "default-src 'none'; "
        + (Script is null
            ? $"style-src {Hash(style)}; img-src 'self' data:; form-action 'self'"
            : "style-src 'unsafe-inline' https:; img-src 'self' https: data:; font-src https:; form-action 'self' https:; "
                + "connect-src https:")
        + $"; base-uri 'none'; frame-ancestors {(IsFramed ? "'self'" : "'none'")}"
        + (Script is null && Inline is null ? "" : $"; script-src {Origin(Script)} {(Inline is null ? "" : Hash(Inline))}")
        + Frames;

    /// <summary>Who pays in a frame is led on in it to their bank, wherever that is.</summary>
    private string Frames =>
        Script is null && Frame is null ? "" : "; frame-src 'self' https:" + (Frame?.Scheme == Uri.UriSchemeHttp ? " http:" : "");

    private static string Origin(Uri? address) => address?.GetLeftPart(UriPartial.Authority) ?? "";

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
