using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Control;

/// <summary><c>/control</c>: what no vendor offers. Not authenticated: the sandbox belongs on a loopback address.</summary>
internal sealed class ControlApi(SandboxWorld world, IReadOnlyList<ISandboxVendor> vendors)
{
    private const int EntriesShown = 1000;

    private IEnumerable<ICustomerDesk> Desks => vendors.OfType<ICustomerDesk>();

    public void Map(IEndpointRouteBuilder app)
    {
        var routes = new ControlRoutes(app, "/control");
        routes.Map("GET", "/faults", _ => Faults());
        routes.Map("POST", "/faults", call => AddFault(Body(call, ControlJson.Wire.FaultBody)));
        routes.Map("DELETE", "/faults", _ => Do(world.Faults.Clear));
        routes.Map("GET", "/ledger", Ledger);
        routes.Map("DELETE", "/ledger", _ => Do(world.Ledger.Clear));
        routes.Map("POST", "/autopay", call => Autopay(Body(call, ControlJson.Wire.AutopayBody)));
        routes.Map("POST", "/connect", Connect);
        routes.Map("POST", "/payments/{id}/pay", call => ControlRoutes.OrNotFound(Desks.Any(desk => desk.Pay(call.Route("id")))));
        routes.Map("POST", "/payments/{id}/decline", call => ControlRoutes.OrNotFound(Desks.Any(desk => desk.Decline(call.Route("id")))));
        foreach (var vendor in vendors)
            vendor.Control(new ControlRoutes(app, "/control/" + vendor.Name));
    }

    private Reply Faults() =>
        Reply.Json(200, new FaultList([.. world.Faults.Active.Select(FaultBodies.Write)]), ControlJson.Wire.FaultList);

    private Reply AddFault(FaultBody? body) => FaultBodies.Read(body) is { } fault
        ? Do(() => world.Faults.Add(fault))
        : ControlRoutes.Refused(
            $"A fault needs a kind, one of: {string.Join(", ", FaultBodies.Names)}. "
            + "Count, delay_ms, retry_after and status are optional and positive.");

    /// <summary>
    /// All of it, the longest lists cut; or one count by <c>reference</c>, <c>ref</c>, <c>payment_intent</c> or <c>recipient</c> and
    /// <c>body</c>.
    /// </summary>
    private Reply Ledger(Call call)
    {
        if (call.Query("reference") is { } reference)
        {
            return Count(call.Query("of") switch
            {
                "refunds" => world.Ledger.RefundsFor(reference),
                "payouts" => world.Ledger.PayoutsFor(reference),
                _ => world.Ledger.PaymentsFor(reference),
            });
        }

        if (call.Query("ref") is { } callbackReference)
            return Count(world.Ledger.MessagesFor(callbackReference));
        if (call.Query("payment_intent") is { } payment)
            return Count(world.Ledger.RefundedOf(payment));
        if (call.Query("recipient") is { } recipient)
            return Count(world.Ledger.MessagesTo(recipient, call.Query("body") ?? ""));
        var limit = call.Number("limit", EntriesShown);
        return Reply.Json(200, world.Ledger.View(limit, vendors.Select(vendor => vendor.Name)), ControlJson.Wire.LedgerView);
    }

    private Reply Autopay(AutopayBody? body)
    {
        if (body?.On is not { } on)
            return ControlRoutes.Refused("Say {\"on\": true} or {\"on\": false}.");
        world.Autopay = on;
        return ControlRoutes.Done;
    }

    /// <summary>What one does in a vendor's dashboard: enters an integration's webhook address.</summary>
    private Reply Connect(Call call)
    {
        var credentials = (call.Json?["credentials"] as JsonObject ?? []).ToDictionary(
            field => field.Key, field => field.Value?.ToString() ?? "");
        return vendors.FirstOrDefault(vendor => vendor.Name == call.Text("provider")) is { } named
            && Uri.TryCreate(call.Text("webhook_url"), UriKind.Absolute, out var url) && named.Connect(credentials, url)
                ? ControlRoutes.Done
                : ControlRoutes.Refused("Say which provider, its credentials by the names of its manifest, and the webhook_url.");
    }

    private static T? Body<T>(Call call, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(call.Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Reply Count(long count) => Reply.Json(200, new CountView(count), ControlJson.Wire.CountView);

    private static Reply Do(Action work)
    {
        work();
        return ControlRoutes.Done;
    }
}
