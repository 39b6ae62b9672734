using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Connectors.Tests.Providers;

/// <summary>A double that nothing outside this folder knows of.</summary>
internal sealed class PigeonSandbox(SandboxWorld world) : MessageVendor(world)
{
    public override string Name => "pigeon";

    protected override int Retries => 2;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("GET", "/loft", "account.get", Of((_, _) => Reply.Json(200, new JsonObject { ["name"] = "North loft" })));
        routes.Map("POST", "/flights", Creates, Of(Create));
        routes.Map("GET", "/flights", "messages.list", Of((account, call) => Reply.Json(200, new JsonObject
        {
            ["flights"] = new JsonArray([.. account.Messages.List(call.Query("to")).Select(View)]),
        })));
        routes.MapRest(call => Failing(call, 404));
    }

    public override Reply Failing(Call call, int status) => Reply.Json(status, new JsonObject { ["why"] = "coo" });

    protected override AccountClaim? Claim(Call call) => call.Credentials is { } given ? new(given.User, given.User) : null;

    protected override MessageOrder? Read(Call call) =>
        call.Json is null ? null : new MessageOrder(call.Text("to"), null, call.Text("text") ?? "") { Callback = call.Text("tell") };

    protected override Reply? Refuse(Call call, MessageOrder? order) =>
        order is { To.Length: > 0, CallbackIsValid: true } && CodeOf(order.To) != MagicCodes.BadRecipient ? null : Failing(call, 400);

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) =>
        code == MagicCodes.Unreachable ? MessagePlans.Undelivered(step, 7) : null;

    protected override string NewId(MessageOrder order) => World.Ids.Letters("bird_");

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) => Reply.Json(202, View(messages[0]));

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret)
    {
        var body = new JsonObject { ["bird"] = message.Id, ["state"] = receipt.Status, ["code"] = receipt.ErrorText }.ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, message.Order.Callback) { Content = new StringContent(body) };
        request.Headers.Add("X-Feather", Convert.ToHexStringLower(Signatures.HmacSha256(secret!, body)));
        return request;
    }

    private JsonObject View(SentMessage message) => new()
    {
        ["bird"] = message.Id, ["state"] = message.ReceiptAt(World.Now)?.Status ?? "hatched", ["text"] = message.Body,
        ["left_at"] = message.CreatedAt,
    };
}
