using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Whether a payment may be completed after what 3-D Secure said of its customer. Pure.</summary>
/// <param name="AcceptsUnavailable">The merchant carries the risk where the customer's bank could not be asked.</param>
/// <param name="AcceptsUnsupported">The merchant carries the risk of cards without 3-D Secure 2.</param>
/// <remarks>Source: https://support.fac.bm, article 15123243750932: the status outranks the ECI.</remarks>
internal sealed record PowerTranzAuthentication(bool AcceptsUnavailable, bool AcceptsUnsupported)
{
    public const string Completes = "";

    private const string Accept = "accept";

    public static PowerTranzAuthentication Of(Connection connection) => new(
        connection.FindValue("three_ds_unavailable") == Accept, connection.FindValue("three_ds_unsupported") == Accept);

    /// <summary><see cref="Completes"/>, why not, or null for what is not known to be either.</summary>
    /// <param name="code">How the authentication ended: 3D0 to 3D3.</param>
    /// <param name="status">What it found out; null where it did not get so far.</param>
    public string? Decide(string? code, string? status) => (code, status) switch
    {
        ("3D2" or "3D3", _) => "3ds_failed",
        ("3D0" or "3D1", "N") => "3ds_not_authenticated",
        ("3D0" or "3D1", "R") => "3ds_rejected",
        ("3D1", _) => AcceptsUnsupported ? Completes : "3ds_not_supported",
        ("3D0", "Y" or "A") => Completes,   // the bank carries the risk
        ("3D0", "U") => AcceptsUnavailable ? Completes : "3ds_unavailable",
        _ => null,
    };
}
