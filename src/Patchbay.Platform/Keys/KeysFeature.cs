using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Platform.Keys;

/// <summary>The tenant's API keys over HTTP.</summary>
internal sealed class KeysFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["keys"];

    public void Add(IServiceCollection services) => services.AddSingleton<ApiKeyHandlers>().AddSingleton<ApiKeyCreation>();

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/api-keys").WithTags("API keys");
        MapCreate(group, "/").WithSummary("Create a key; its secret is shown only in this answer");
        group.MapGet("/", ListAsync).RequirePermission("read:keys").Produces<Page<ApiKeyView>>().WithMetadata(new Pageable()).WithSummary("The tenant's keys, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:keys").Produces<ApiKeyView>();
        group.MapPatch("/{id}", (Ref<ApiKeyId> id, Body<ChangeApiKeyRequest> body, ApiRequest request, OperationRunner operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>();
        group.MapPost("/{id}/rotate", (Ref<ApiKeyId> id, Body<RotateApiKeyRequest> body, ApiRequest request, OperationRunner operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RotateAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>(201).WithSummary("Replace a key by a new one; both work during the overlap");
        group.MapPost("/{id}/revoke", (Ref<ApiKeyId> id, ApiRequest request, OperationRunner operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.RevokeAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>().WithSummary("End a key at once");
        MapCreate(routes.Aliases, "/api-keys").WithTags("API keys").WithSummary("Create a key, in camelCase");
    }

    private static RouteHandlerBuilder MapCreate(RouteGroupBuilder group, string path) => group
        .MapPost(path, (Body<CreateApiKeyRequest> body, ApiRequest request, OperationRunner operations, ApiKeyHandlers handlers, CancellationToken token) =>
            operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, cancel), token))
        .RequirePermission("write:keys").Produces<ApiKeyView>(201);

    private static async Task<IResult> ListAsync(Caller caller, PageRequest page, ApiKeyHandlers handlers, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await handlers.ListAsync(caller, page, cancellationToken);
        return Results.Json(Page<ApiKey>.Of(rows, page.Limit, key => key.Id.Value).Select(key => ApiKeyView.From(key, now)), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<ApiKeyId> id, Caller caller, ApiKeyHandlers handlers, TimeProvider time, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } key
            ? Results.Json(ApiKeyView.From(key, time.GetUtcNow()), HubJson.Options)
            : Error.NotFound("API key").ToResult();
}
