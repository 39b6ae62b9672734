using System.Security.Cryptography;
using System.Text;
using Patchbay.Storage;

namespace Patchbay.Platform.Audit;

public readonly record struct AuditKey(TenantId Tenant, long Seq);

/// <summary>Who did what, in a chain: each entry's hash covers the one before it, so none can be changed or taken out unnoticed.</summary>
/// <param name="Seq">From 1, without gaps, for each tenant.</param>
/// <param name="Actor">TypeID of the key that acted, <c>cli</c> or <c>system</c>.</param>
/// <param name="Detail">JSON; never a secret.</param>
public sealed record AuditEntry(
    TenantId TenantId, long Seq, DateTimeOffset At, string Actor, string Action, string Subject, string Detail, byte[] Hash)
{
    /// <summary>SHA-256 over the hash before and every field, each with its length, so that fields cannot run into each other.</summary>
    public static byte[] HashOf(byte[] previous, TenantId tenant, long seq, DateTimeOffset at, params ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder().Append(tenant).Append('|').Append(seq).Append('|').Append(at.ToUnixTimeMilliseconds());
        foreach (var field in fields)
            text.Append('|').Append(field.Length).Append(':').Append(field);
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }
}

/// <summary>The rows of <c>audit</c>; only ever inserted.</summary>
public sealed class AuditTable : Table<AuditKey, AuditEntry>
{
    public static readonly AuditTable Instance = new();

    private AuditTable()
        : base("audit", entry => new(entry.TenantId, entry.Seq))
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("seq", key => key.Seq);
        Fixed("at", entry => entry.At);
        Fixed("actor", entry => entry.Actor);
        Fixed("action", entry => entry.Action);
        Fixed("subject", entry => entry.Subject);
        Fixed("detail", entry => entry.Detail);
        Fixed("hash", entry => entry.Hash);
    }

    public override AuditEntry Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Long("seq"), row.Time("at"), row.Text("actor"), row.Text("action"), row.Text("subject"),
        row.Text("detail"), row.Bytes("hash"));
}

/// <summary>The end of a tenant's chain.</summary>
public sealed record AuditHead(TenantId TenantId, long Seq, byte[] Hash);

/// <summary>The rows of <c>audit_heads</c>: locked by every change that is audited.</summary>
public sealed class AuditHeadTable : Table<TenantId, AuditHead>
{
    public static readonly AuditHeadTable Instance = new();

    private AuditHeadTable()
        : base("audit_heads", head => head.TenantId)
    {
        Key("tenant_id", key => key.Value);
        Mutable("seq", head => head.Seq);
        Mutable("hash", head => head.Hash);
    }

    public override AuditHead Read(Row row) => new(row.Id<TenantId>("tenant_id"), row.Long("seq"), row.Bytes("hash"));
}
