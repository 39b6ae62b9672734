using System.Security.Cryptography;
using System.Text;
using Patchbay.Storage;

namespace Patchbay.Platform.Audit;

public readonly record struct AuditKey(TenantId Tenant, long Seq);

/// <summary>Who did what, in a chain: each entry's hash covers the one before it, so none can be changed or taken out unnoticed.</summary>
/// <param name="Seq">From 1, without gaps, for each tenant.</param>
/// <param name="Actor">TypeID of the key that acted, <c>cli</c> or <c>system</c>.</param>
/// <param name="Detail">JSON; never a secret.</param>
[LedgerTable("audit", OnlyInserted = true, Class = "AuditTable")]
public sealed partial record AuditEntry(
    [Key] TenantId TenantId, [Key] long Seq, DateTimeOffset At, string Actor, string Action, string Subject, string Detail,
    byte[] Hash)
{
    public AuditKey Key => new(TenantId, Seq);

    /// <summary>SHA-256 over the hash before and every field, each with its length, so that fields cannot run into each other.</summary>
    public static byte[] HashOf(byte[] previous, TenantId tenant, long seq, DateTimeOffset at, params ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder().Append(tenant).Append('|').Append(seq).Append('|').Append(at.ToUnixTimeMilliseconds());
        foreach (var field in fields)
            text.Append('|').Append(field.Length).Append(':').Append(field);
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }
}

/// <summary>The end of a tenant's chain: locked by every change that is audited.</summary>
[LedgerTable("audit_heads")]
public sealed partial record AuditHead([Key] TenantId TenantId, long Seq, byte[] Hash);
