using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Hub.Api;

namespace Patchbay.Hub.Access;

/// <summary>The tenant's API keys over HTTP.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/api-keys").WithTags("API keys");
        group.MapCreate("/").WithSummary("Create a key; its secret is shown only in this answer");
        group.MapGet("/", ListAsync).RequirePermission("read:keys").Produces<Page<ApiKeyView>>().WithMetadata(new Pageable()).WithSummary("The tenant's keys, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:keys").Produces<ApiKeyView>();
        group.MapPatch("/{id}", (Ref<ApiKeyId> id, Body<ChangeApiKeyRequest> body, ApiRequest request, Operations operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>();
        group.MapPost("/{id}/rotate", (Ref<ApiKeyId> id, Body<RotateApiKeyRequest> body, ApiRequest request, Operations operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RotateAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>(201).WithSummary("Replace a key by a new one; both work during the overlap");
        group.MapPost("/{id}/revoke", (Ref<ApiKeyId> id, ApiRequest request, Operations operations, ApiKeyHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.RevokeAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:keys").Produces<ApiKeyView>().WithSummary("End a key at once");
    }

    /// <summary>The path of the source system, in camelCase.</summary>
    public static void MapApiKeyAliases(this RouteGroupBuilder source) =>
        source.MapCreate("/api-keys").WithTags("API keys").WithSummary("Create a key, in camelCase");

    private static RouteHandlerBuilder MapCreate(this RouteGroupBuilder group, string path) => group
        .MapPost(path, (Body<CreateApiKeyRequest> body, ApiRequest request, Operations operations, ApiKeyHandlers handlers, CancellationToken token) =>
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
