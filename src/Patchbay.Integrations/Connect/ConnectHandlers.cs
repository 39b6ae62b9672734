using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Network;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Connect;

/// <summary>Sends a person to the provider's page.</summary>
internal sealed class ConnectHandlers(
    IntegrationOperations operations, Connections connections, TenantVault vault, PublicAddress address, TimeProvider time)
{
    public const string CallbackPath = "oauth/callback";

    public static readonly ErrorCode NotConnectable = new(
        409, "integration_not_connectable", "the provider has no page on which integrations are connected");

    public async Task<Result<Operation, Error>> ConnectAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(caller, id, cancellationToken) is not { } present
            || await connections.OpenAsync(caller.Tenant, id, cancellationToken) is not { } open)
            return Error.NotFound("integration");
        if (open.Provider.Manifest.OAuth is not { AuthorizeUrl: { } page } oauth)
            return NotConnectable.With($"{open.Provider.Manifest.DisplayName} is set up with credentials alone.");
        var state = $"{id}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var hash = Connecting.HashOf(state);
        var verifier = oauth.Pkce ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) : null;
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var now = time.GetUtcNow();
        var connecting = new Connecting(
            new ConnectingKey(caller.Tenant, hash), present.Id, caller.Actor,
            verifier is null ? [] : cipher.Seal(Connecting.Purpose(hash), Encoding.ASCII.GetBytes(verifier)), now + Connecting.Time);
        var url = AuthorizeUrl(connections.WhereItIs(page, open.Provider, open.Integration.Mode), oauth, open.Connection, state, verifier);
        return new Operation(new BeginWork(connecting, new ConnectView(url, connecting.ExpiresAt), now));
    }

    private string AuthorizeUrl(Uri page, ManifestOAuth oauth, Connection connection, string state, string? verifier)
    {
        var query = new Dictionary<string, string>
        {
            ["response_type"] = "code", ["client_id"] = connection.Value("client_id"),
            ["redirect_uri"] = address.For(CallbackPath).ToString(), ["state"] = state,
        };
        if (oauth.Scopes.Count > 0)
            query["scope"] = string.Join(' ', oauth.Scopes);
        if (verifier is not null)
        {
            query["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
            query["code_challenge_method"] = "S256";
        }

        var fields = string.Join('&', query.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return $"{page.AbsoluteUri}{(page.Query.Length > 0 ? '&' : '?')}{fields}";
    }

    private sealed class BeginWork(Connecting connecting, ConnectView view, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => AuditLog.Need(needs, connecting.Key.Tenant);

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            rows.Insert(ConnectingTable.Instance, connecting);
            AuditLog.Write(
                rows, connecting.Key.Tenant, connecting.Actor, "integration.connect", connecting.IntegrationId.ToString(), new { }, now);
            return Reply.Ok(view);
        }
    }
}
