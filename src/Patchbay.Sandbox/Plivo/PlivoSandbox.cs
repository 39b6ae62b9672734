using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Plivo;

/// <summary>Plivo under <c>/plivo</c>: which request is which operation. Every path ends with a slash.</summary>
internal sealed class PlivoSandbox : IVendorManners
{
    private readonly PlivoAccounts _accounts = new();
    private readonly PlivoMessages _messages;
    private readonly VendorDoor _door;
    private readonly SandboxWorld _world;

    public PlivoSandbox(SandboxWorld world)
    {
        _world = world;
        _messages = new PlivoMessages(world, new PlivoCallbacks(world));
        _door = world.DoorFor(this);
    }

    public string Vendor => "plivo";

    public void Map(IEndpointRouteBuilder app)
    {
        On(app, "GET", "", "account.get", Account);
        On(app, "POST", "Message/", "messages.create", _messages.Create);
        On(app, "GET", "Message/", "messages.list", _messages.List);
        On(app, "GET", "Message/{uuid}/", "messages.get", _messages.Get);
        app.Map("/plivo/{**rest}", http => _door.HandleAsync(http, "unknown", _ => _messages.Error(404, "not found")));
    }

    public Reply? Refuse(Call call)
    {
        if (!call.Request.RouteValues.ContainsKey("account"))
            return null;
        // Routing takes a path with and without its last slash; Plivo does not.
        if (!call.Request.Path.Value!.EndsWith('/'))
            return _messages.Error(404, "not found");
        return Open(call) is null ? Unauthorized() : null;
    }

    public Reply Failing(Call call, int status) => status switch
    {
        401 => Unauthorized(),
        429 => _messages.Error(429, "too many requests"),
        >= 500 => _messages.Error(status, "internal server error"),
        _ => _messages.Error(status, $"the request failed with status {status}"),
    };

    public MagicRequest? MagicOf(Call call) => call.Operation == "messages.create" && PlivoMessages.Read(call)?.Dst is { } to && MagicCodes.OfNumber(to) is { } code
        ? new MagicRequest(code, call.Body)
        : null;

    private void On(IEndpointRouteBuilder app, string method, string path, string operation, Func<PlivoAccount, Call, Reply> work) =>
        _door.Map(app, method, "/v1/Account/{account}/" + path, operation, call => work(Open(call)!, call));

    private PlivoAccount? Open(Call call) => _accounts.Open(call.Route("account"), call.Credentials);

    private Reply Account(PlivoAccount account, Call call) =>
        Reply.Json(200, new PlivoAccountView(_world.Ids.Uuid(), account.AuthId), PlivoJson.Wire.PlivoAccountView);

    private Reply Unauthorized() => _messages.Error(401, "Could not verify your access level for that URL. You have to login with proper credentials") with { Challenge = "Basic realm=\"Login Required\"" };
}
