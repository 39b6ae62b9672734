using Patchbay.Sandbox;

namespace Patchbay.Playing;

internal static class SandboxSettings
{
    /// <summary>What points a hub at the sandbox, and lets it post webhooks to programs on this machine.</summary>
    public static Dictionary<string, string?> Settings(this SandboxServer sandbox)
    {
        var settings = sandbox.Vendors.ToDictionary(
            vendor => $"Patchbay:Providers:{vendor}:BaseUrl", vendor => (string?)sandbox.UrlOf(vendor).ToString());
        settings["Patchbay:AllowPrivateNetworks"] = "true";
        settings["Patchbay:AllowHttpWebhooks"] = "true";
        return settings;
    }
}
