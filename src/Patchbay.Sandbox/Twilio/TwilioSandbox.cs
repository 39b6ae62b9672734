using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Twilio;

/// <summary>Twilio under <c>/twilio</c>: which request is which operation.</summary>
internal sealed class TwilioSandbox : IVendorManners
{
    private const string Accounts = "/2010-04-01/Accounts";
    private readonly TwilioAccounts _accounts = new();
    private readonly TwilioMessages _messages;
    private readonly VendorDoor _door;
    private readonly string _since;

    public TwilioSandbox(SandboxWorld world)
    {
        _messages = new TwilioMessages(world, new TwilioCallbacks(world));
        _door = world.DoorFor(this);
        _since = world.Now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
    }

    public string Vendor => "twilio";

    public bool Register(string accountSid, string authToken) => _accounts.Register(accountSid, authToken);

    public void Map(IEndpointRouteBuilder app)
    {
        On(app, "GET", "/{account}.json", "accounts.get", (account, _) => Account(account));
        On(app, "GET", "/{account}/Balance.json", "balance.get", (account, _) => Balance(account));
        On(app, "POST", "/{account}/Messages.json", "messages.create", _messages.Create);
        On(app, "GET", "/{account}/Messages.json", "messages.list", _messages.List);
        On(app, "GET", "/{account}/Messages/{sid}.json", "messages.get", _messages.Get);
        app.Map("/twilio/{**rest}", http => _door.HandleAsync(http, "unknown", static call => TwilioErrors.NotFound(call.Request.Path.Value!["/twilio".Length..])));
    }

    public Reply? Refuse(Call call) => call.Request.RouteValues.ContainsKey("account") && Open(call) is null ? TwilioErrors.Unauthorized() : null;

    public Reply Failing(Call call, int status) => TwilioErrors.Failing(status);

    public MagicRequest? MagicOf(Call call) => call.Operation == "messages.create" && MagicCodes.OfNumber(call.Form.Find("To") ?? "") is { } code
        ? new MagicRequest(code, call.Body)
        : null;

    private void On(IEndpointRouteBuilder app, string method, string path, string operation, Func<TwilioAccount, Call, Reply> work) =>
        _door.Map(app, method, Accounts + path, operation, call => work(Open(call)!, call));

    private TwilioAccount? Open(Call call) => _accounts.Open(call.Route("account"), call.Credentials);

    private Reply Account(TwilioAccount account) =>
        Reply.Json(200, new TwilioAccountView(account.Sid, account.Suspended ? "suspended" : "active", _since), TwilioJson.Wire.TwilioAccountView);

    private static Reply Balance(TwilioAccount account) =>
        Reply.Json(200, new TwilioBalanceView(account.Sid, "100.00", "USD"), TwilioJson.Wire.TwilioBalanceView);
}
