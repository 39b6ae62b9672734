using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Vendors;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>One account at Ferry, by its client id.</summary>
internal sealed class FerryAccount(SandboxWorld world)
{
    private static readonly ConcurrentDictionary<string, FerryAccount> Accounts = new();

    public TokenDesk Desk { get; } = new(world);

    /// <summary>Crossings by id: whether they are paid.</summary>
    public ConcurrentDictionary<string, bool> Crossings { get; } = new();

    /// <summary>Registered addresses by id, with their secret.</summary>
    public ConcurrentDictionary<string, (Uri Url, string Secret)> Hooks { get; } = new();

    /// <summary>Not before something has been asked of it, or it was made.</summary>
    public static FerryAccount Named(string client) => Accounts[client];

    public static FerryAccount Get(string client, SandboxWorld world) => Accounts.GetOrAdd(client, _ => new FerryAccount(world));

    public static FerryAccount? Of(string access) => Accounts.Values.FirstOrDefault(account => account.Desk.Takes(access));
}

/// <summary>Ferry played back: a token desk, docks, crossings, and webhooks that are hints.</summary>
internal sealed class FerrySandbox(SandboxWorld world) : ISandboxVendor
{
    public const string MakesTokens = "tokens.create";

    public string Name => "ferry";

    public void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/oauth/token", MakesTokens, call =>
            FerryAccount.Get(WebUtility.UrlDecode(call.Credentials!.User), world).Desk.Answer(call));
        routes.MapPage("GET", "/oauth/authorize", http =>
        {
            var query = http.Request.Query;
            http.Response.Redirect(FerryAccount.Get(query["client_id"]!, world).Desk.LetIn(
                new Uri(query["redirect_uri"]!), query["state"]!, query["code_challenge"]));
            return Task.CompletedTask;
        });
        routes.Map("GET", "/dock", "dock.get", _ => Reply.Json(200, new JsonObject { ["name"] = "North pier" }));
        routes.Map("POST", "/crossings", "crossings.create", Create);
        routes.Map("GET", "/crossings/{id}", "crossings.get", call => View(call.Route("id"), Account(call).Crossings[call.Route("id")]));
        routes.Map("POST", "/hooks", "hooks.create", call =>
        {
            var (id, secret) = (world.Ids.Uuid(), "hook-" + world.Ids.Uuid());
            Account(call).Hooks[id] = (new Uri(call.Form.Find("url")!), secret);
            return Reply.Json(200, new JsonObject { ["id"] = id, ["secret"] = secret });
        });
        routes.Map("DELETE", "/hooks/{id}", "hooks.delete", call =>
            Account(call).Hooks.TryRemove(call.Route("id"), out _) ? new Reply(204, default) : Failing(call, 404));
    }

    public Reply? Refuse(Call call) =>
        call.Operation == MakesTokens || FerryAccount.Of(call.Credentials?.User ?? "") is not null ? null : Failing(call, 401);

    public Reply Failing(Call call, int status) => Reply.Json(status, new JsonObject { ["error"] = $"refused_{status}" });

    public MagicRequest? MagicOf(Call call) => null;

    private static FerryAccount Account(Call call) => FerryAccount.Of(call.Credentials!.User)!;

    private static Reply View(string id, bool isPaid) =>
        Reply.Json(200, new JsonObject { ["id"] = id, ["status"] = isPaid ? "paid" : "open", ["toll"] = isPaid ? "0.355" : null });

    /// <summary>The customer pays a little later; until then the hint is a false one.</summary>
    private Reply Create(Call call)
    {
        var (account, id, dock) = (Account(call), world.Ids.Uuid(), call.Form.Find("dock")!);
        account.Crossings[id] = false;
        Hint(account, dock, id);
        world.WhenCustomerComes(() =>
        {
            account.Crossings[id] = true;
            Hint(account, dock, id);
        });
        return View(id, isPaid: false);
    }

    private void Hint(FerryAccount account, string dock, string crossing)
    {
        foreach (var (url, secret) in account.Hooks.Values)
        {
            world.Webhooks.Send(new WebhookRun(Name, [new Webhook("crossing", TimeSpan.FromMilliseconds(20), isForged =>
            {
                var body = $$"""{"dock": "{{dock}}", "crossing": "{{crossing}}", "nonce": "{{world.Ids.Uuid()}}"}""";
                return new HttpRequestMessage(HttpMethod.Post, url)
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                    Headers = { { "X-Ferry-Signature", FerryWebhooks.Sign(isForged ? "somebody else's" : secret, body) } },
                };
            })], Retries: 2));
        }
    }
}
