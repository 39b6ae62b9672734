using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// Settings under <c>Patchbay:Limits</c>: how much one tenant may have, so that none takes what all share. What is there already stays when
/// a limit is lowered; only more is refused.
/// </summary>
[Settings("Limits")]
public sealed class LimitOptions
{
    /// <summary>Integrations that are not deleted; from 1 to 2,000.</summary>
    [Range(1, 2_000)]
    public int Integrations { get; set; } = 200;

    /// <summary>Webhook endpoints that are not deleted; from 1 to 500.</summary>
    [Range(1, 500)]
    public int WebhookEndpoints { get; set; } = 200;

    /// <summary>Routing rules; from 1 to 2,000.</summary>
    [Range(1, 2_000)]
    public int RoutingRules { get; set; } = 1_000;

    /// <summary>Bytes of an integration's credentials as JSON; from 1 KiB to 256 KiB.</summary>
    [Range(1_024, 256 * 1_024)]
    public int CredentialBytes { get; set; } = 16 * 1_024;

    /// <summary>Bytes of the body of a webhook that a provider sends; from 1 KiB to 1 MiB.</summary>
    [Range(1_024, BodyBytes.MaxBytes)]
    public int WebhookBodyBytes { get; set; } = BodyBytes.MaxBytes;

    /// <summary>Bytes of providers' webhooks that a tenant may receive on a day (UTC); from 1 KiB.</summary>
    [Range(1_024, long.MaxValue)]
    public long InboxBytesADay { get; set; } = 1L << 30;

    /// <summary>Bytes of providers' webhooks that are kept for a tenant at once; from 1 KiB.</summary>
    [Range(1_024, long.MaxValue)]
    public long InboxBytes { get; set; } = 20L << 30;
}

public static class TenantLimits
{
    /// <summary>Null while there is room for one more.</summary>
    /// <param name="what">For example <c>routing rules</c>.</param>
    /// <param name="setting">The property of <see cref="LimitOptions"/>.</param>
    public static Error? UnlessBelow(this ErrorCode code, int limit, int present, string what, string setting) => present < limit
        ? null
        : code.With(
            $"The tenant has {present} {what} and may have {limit}: delete some that are not needed, or have the operator raise "
            + $"Patchbay:Limits:{setting}.");
}
