using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Stripe's lists: newest first, narrowed by <c>created[gte]</c>, paged by <c>limit</c> and <c>starting_after</c>.</summary>
internal static class StripeLists
{
    private const int UsualLimit = 10;

    /// <summary>A list of what belongs to one payment, which the call names; Stripe's other filters are not played.</summary>
    /// <param name="list">Made while nothing changes the payment.</param>
    public static Reply OfPayment(StripeBooks books, StripeAccount account, Call call, Func<StripePayment, Reply> list)
    {
        if (call.Query("payment_intent") is not { } id)
            return StripeErrors.Missing("payment_intent");
        if (books.Payment(account, id) is not { } payment)
            return StripeErrors.NotFound("payment_intent", id, "payment_intent");
        lock (payment.Gate)
            return list(payment);
    }

    /// <summary>The page that a call asks for.</summary>
    /// <param name="all">In any order; the page is made of their views, which are taken as they are reached.</param>
    public static Reply Page<T, TView>(
        Call call, IEnumerable<T> all, Func<T, (string Id, long Created)> of, Func<T, TView> view, JsonTypeInfo<TView> json)
    {
        var since = long.TryParse(call.Query("created[gte]"), NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
        var sorted = all.Where(one => of(one).Created >= since)
            .OrderByDescending(one => of(one).Created).ThenByDescending(one => of(one).Id, StringComparer.Ordinal).ToList();
        if (call.Query("starting_after") is { } last)
            sorted.RemoveRange(0, sorted.FindIndex(one => of(one).Id == last) + 1);
        var limit = (int)(StripeMagic.Number(call.Query("limit")) ?? UsualLimit);
        var data = new JsonArray([.. sorted.Take(limit).Select(one => JsonSerializer.SerializeToNode(view(one), json))]);
        return Reply.Json(200, new JsonObject
        {
            ["object"] = "list", ["data"] = data, ["has_more"] = sorted.Count > limit, ["url"] = call.Request.Path.Value,
        });
    }
}
