using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe;
using Patchbay.Sandbox.Twilio;

namespace Patchbay.Sandbox.Control;

/// <summary><c>/control</c>: what no vendor offers. Not authenticated: the sandbox belongs on a loopback address.</summary>
internal sealed class ControlApi(SandboxWorld world, StripeSandbox stripe, TwilioSandbox twilio)
{
    private const int EntriesShown = 1000;
    private static readonly Reply Done = new(StatusCodes.Status204NoContent, default);

    public void Map(IEndpointRouteBuilder app)
    {
        On(app, "GET", "/faults", _ => Faults());
        On(app, "POST", "/faults", call => AddFault(Body(call, ControlJson.Wire.FaultBody)));
        On(app, "DELETE", "/faults", _ => Do(world.Faults.Clear));
        On(app, "GET", "/ledger", Ledger);
        On(app, "DELETE", "/ledger", _ => Do(world.Ledger.Clear));
        On(app, "POST", "/autopay", call => Autopay(Body(call, ControlJson.Wire.AutopayBody)));
        On(app, "POST", "/stripe/webhooks", call => RegisterStripe(Body(call, ControlJson.Wire.StripeWebhookBody)));
        On(app, "POST", "/stripe/sessions/{id}/pay", call => OrNotFound(stripe.Customer.Pay(call.Route("id"))));
        On(app, "POST", "/stripe/sessions/{id}/decline", call => OrNotFound(stripe.Customer.Decline(call.Route("id"))));
        On(app, "POST", "/twilio/accounts", call => RegisterTwilio(Body(call, ControlJson.Wire.TwilioAccountBody)));
    }

    private static void On(IEndpointRouteBuilder app, string method, string path, Func<Call, Reply> answer) =>
        app.MapMethods("/control" + path, [method], async http =>
        {
            var call = await Call.ReadAsync(http, path, http.RequestAborted);
            await answer(call).WriteAsync(http, http.RequestAborted);
        });

    private Reply Faults() => Reply.Json(200, new FaultList([.. world.Faults.Active.Select(FaultBodies.Write)]), ControlJson.Wire.FaultList);

    private Reply AddFault(FaultBody? body) => FaultBodies.Read(body) is { } fault
        ? Do(() => world.Faults.Add(fault))
        : Refused($"A fault needs a kind, one of: {string.Join(", ", FaultBodies.Names)}. Count, delay_ms, retry_after and status are optional and positive.");

    /// <summary>All of it, the longest lists cut; or one count by <c>reference</c>, <c>ref</c>, <c>payment_intent</c> or <c>recipient</c> and <c>body</c>.</summary>
    private Reply Ledger(Call call)
    {
        if (call.Query("reference") is { } reference)
            return Count(call.Query("of") == "refunds" ? world.Ledger.RefundsFor(reference) : world.Ledger.PaymentsFor(reference));
        if (call.Query("ref") is { } callbackReference)
            return Count(world.Ledger.MessagesFor(callbackReference));
        if (call.Query("payment_intent") is { } payment)
            return Count(world.Ledger.RefundedOf(payment));
        if (call.Query("recipient") is { } recipient)
            return Count(world.Ledger.MessagesTo(recipient, call.Query("body") ?? ""));
        var limit = int.TryParse(call.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : EntriesShown;
        return Reply.Json(200, world.Ledger.View(limit), ControlJson.Wire.LedgerView);
    }

    private Reply Autopay(AutopayBody? body)
    {
        if (body?.On is not { } on)
            return Refused("Say {\"on\": true} or {\"on\": false}.");
        world.Autopay = on;
        return Done;
    }

    private Reply RegisterStripe(StripeWebhookBody? body) =>
        body is { Secret: { } secret, SecretKey: { } key } && Uri.TryCreate(body.Url, UriKind.Absolute, out var url) && stripe.Register(key, url, secret)
            ? Done
            : Refused("A Stripe webhook needs url, secret and a well-formed secret_key.");

    private Reply RegisterTwilio(TwilioAccountBody? body) =>
        body is { AccountSid: { } sid, AuthToken: { } token } && twilio.Register(sid, token) ? Done : Refused("A Twilio account needs a well-formed account_sid and an auth_token.");

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

    private static Reply OrNotFound(bool done) => done ? Done : Reply.Json(404, new ControlError("There is no such payment waiting for its customer."), ControlJson.Wire.ControlError);

    private static Reply Refused(string why) => Reply.Json(400, new ControlError(why), ControlJson.Wire.ControlError);

    private static Reply Do(Action work)
    {
        work();
        return Done;
    }
}
