using System.Text;

namespace Patchbay.Sandbox.Http;

/// <summary>What an Authorization header says: Basic as user and password, Bearer as user alone.</summary>
public sealed record Credentials(string User, string Password)
{
    /// <summary>Null when there is no header, or none that can be read.</summary>
    public static Credentials? Read(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return new Credentials(header[7..].Trim(), "");
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new Credentials(pair[..colon], pair[(colon + 1)..]);
    }

    /// <summary>The sandbox accepts every secret but those that say they are wrong.</summary>
    public static bool IsWrong(string secret) =>
        secret.Length == 0 || secret.Contains("wrong", StringComparison.OrdinalIgnoreCase) || secret == new string('f', 32);
}
