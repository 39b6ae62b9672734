using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors;

/// <summary>Where a vendor maps its operations. Paths begin with a slash, below the vendor's own base address.</summary>
public sealed class VendorRoutes
{
    /// <summary>The operation of a request that is none of the vendor's; it needs no credentials.</summary>
    public const string Unknown = "unknown";

    private readonly IEndpointRouteBuilder _app;
    private readonly VendorDoor _door;
    private readonly string _base;

    internal VendorRoutes(IEndpointRouteBuilder app, VendorDoor door, string vendor) => (_app, _door, _base) = (app, door, "/" + vendor);

    /// <param name="operation">For faults and the ledger, for example <c>messages.create</c>.</param>
    public void Map(string method, string path, string operation, Func<Call, Reply> work) =>
        _app.MapMethods(_base + path, [method], http => _door.HandleAsync(http, operation, work));

    /// <summary>Answers what no operation takes.</summary>
    /// <param name="path">Where that begins.</param>
    public void MapRest(Func<Call, Reply> work, string path = "") =>
        _app.Map($"{_base}{path}/{{**rest}}", http => _door.HandleAsync(http, Unknown, work));

    /// <summary>A page for people, who have no key and pass no door.</summary>
    public void MapPage(string method, string path, RequestDelegate show) => _app.MapMethods(_base + path, [method], show);
}
