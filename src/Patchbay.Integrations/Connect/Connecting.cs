using System.Security.Cryptography;
using System.Text;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Connect;

public readonly record struct ConnectingKey(TenantId Tenant, string StateHash);

/// <summary>A person on the way to the provider's page and back: once, within ten minutes.</summary>
/// <param name="Key">By a hash: what is in the database lets nobody finish.</param>
/// <param name="Actor">Who began, as the audit names it.</param>
/// <param name="Verifier">Of the code challenge, sealed; empty without.</param>
[LedgerTable("connecting", OnlyInserted = true)]
public sealed partial record Connecting(
    [Key] ConnectingKey Key, IntegrationId IntegrationId, string Actor, byte[] Verifier, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(10);

    public static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    /// <summary>The integration that a state is about; null when it is no state.</summary>
    public static IntegrationId? IntegrationOf(string? state) =>
        state?.Split('.') is [var id, { Length: > 20 }] && TypeId.TryParse<IntegrationId>(id, out var integration) ? integration : null;

    /// <summary>What the verifier is sealed for.</summary>
    public static string Purpose(string stateHash) => "connecting:" + stateHash;
}
