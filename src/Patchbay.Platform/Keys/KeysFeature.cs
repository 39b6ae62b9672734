using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Platform.Keys;

/// <summary>The tenant's API keys over HTTP.</summary>
internal sealed class KeysFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["keys"];

    public void Add(IServiceCollection services) => services.AddSingleton<ApiKeyHandlers>().AddSingleton<ApiKeyCreation>();

    public void Map(FeatureRoutes hub)
    {
        hub = hub with { Heading = "API keys" };
        hub.Action<ApiKeyHandlers, CreateApiKeyRequest>("keys.create", "POST /api-keys/", keys => keys.CreateAsync)
            .Answers<ApiKeyView>(201).Says("Create a key; its secret is shown only in this answer")
            .Alias("POST /api-keys", "Create a key, in camelCase")
            .Refuses(ApiKeyErrors.PermissionExceeded, ApiKeyErrors.TooMany);
        hub.ActionOn<ApiKeyHandlers, ApiKeyId, ChangeApiKeyRequest>("keys.change", "PATCH /api-keys/{id}", keys => keys.ChangeAsync)
            .Answers<ApiKeyView>().Says("Change a key; what is left out stays")
            .Refuses(AccessErrors.WrongMode, ApiKeyErrors.PermissionExceeded, ApiKeyErrors.IsNotActive);
        hub.ActionOn<ApiKeyHandlers, ApiKeyId, RotateApiKeyRequest>("keys.rotate", "POST /api-keys/{id}/rotate", keys => keys.RotateAsync)
            .Answers<ApiKeyView>(201).Says("Replace a key by a new one; both work during the overlap")
            .Refuses(ApiKeyErrors.PermissionExceeded, ApiKeyErrors.IsNotActive, ApiKeyErrors.AlreadyRotated);
        hub.ActionOn<ApiKeyHandlers, ApiKeyId>("keys.revoke", "POST /api-keys/{id}/revoke", keys => keys.RevokeAsync).Answers<ApiKeyView>()
            .Says("End a key at once").Refuses(AccessErrors.WrongMode);
        hub.List("GET /api-keys/", ApiKeyTable.Instance, (TimeProvider time, ApiKey key) => ApiKeyView.From(key, time.GetUtcNow()))
            .Says("The tenant's keys, newest first");
        hub.One<ApiKeyHandlers, ApiKeyId, ApiKey, TimeProvider, ApiKeyView>(
            "GET /api-keys/{id}", "API key", keys => keys.FindAsync, (time, key) => ApiKeyView.From(key, time.GetUtcNow())).Says("A key");
    }
}
