using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors;

/// <summary>Where <c>/control</c>, or a vendor's part of it, is mapped.</summary>
public sealed class ControlRoutes
{
    /// <summary>204.</summary>
    public static readonly Reply Done = new(StatusCodes.Status204NoContent, default);

    private readonly IEndpointRouteBuilder _app;
    private readonly string _base;

    internal ControlRoutes(IEndpointRouteBuilder app, string path) => (_app, _base) = (app, path);

    public void Map(string method, string path, Func<Call, Reply> answer) => _app.MapMethods(_base + path, [method], async http =>
    {
        var call = await Call.ReadAsync(http, path, http.RequestAborted);
        await answer(call).WriteAsync(http, http.RequestAborted);
    });

    /// <summary>400, and what would have been right.</summary>
    public static Reply Refused(string why) => Error(400, why);

    /// <summary>204, or 404 for a customer who has nothing to do.</summary>
    public static Reply OrNotFound(bool done) => done ? Done : Error(404, "There is no such payment waiting for its customer.");

    private static Reply Error(int status, string why) => Reply.Json(status, new JsonObject { ["error"] = why });
}
