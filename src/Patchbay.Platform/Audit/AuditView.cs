using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Platform.Audit;

/// <summary>An audit entry as the API shows it.</summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Actor">Id of the key that acted, <c>cli</c> or <c>system</c>.</param>
/// <param name="Subject">Id of what was changed.</param>
/// <param name="Detail">Addresses in it are shown as far as their host: <c>https://example.com/***</c>.</param>
/// <param name="Hash">SHA-256 over this entry and the hash before it, in hex.</param>
public sealed record AuditView(long Seq, DateTimeOffset At, string Actor, string Action, string Subject, JsonNode? Detail, string Hash)
{
    public static AuditView From(AuditEntry entry) => new(
        entry.Seq, entry.At, entry.Actor, entry.Action, entry.Subject, JsonNode.Parse(Redaction.Addresses(entry.Detail)),
        Convert.ToHexStringLower(entry.Hash));
}

/// <summary>Whether the chain is whole.</summary>
/// <param name="Checked">Entries that are as they were written, from the first.</param>
/// <param name="BrokenAt">The first entry that was changed or taken out; null when none was.</param>
public sealed record AuditVerificationView(bool Ok, long Checked, long? BrokenAt);
