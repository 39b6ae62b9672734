using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>
/// Stripe's lists: newest first, narrowed by <c>created</c>, paged by <c>limit</c>, <c>starting_after</c> and <c>ending_before</c>.
/// </summary>
internal static class StripeLists
{
    private const int UsualLimit = 10;
    private const int LongestLimit = 100;

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
    /// <param name="kind">What is listed, as a refusal names it.</param>
    /// <param name="all">In any order; the page is made of their views, which are taken as they are reached.</param>
    /// <param name="view">Given what is to be expanded.</param>
    public static Reply Page<T, TView>(
        Call call, string kind, IEnumerable<T> all, Func<T, (string Id, long Created)> of, Func<T, IReadOnlySet<string>, TView> view,
        JsonTypeInfo<TView> json)
    {
        if (call.Query("limit") is { } text && StripeMagic.Number(text) is not (>= 1 and <= LongestLimit))
            return StripeErrors.Invalid(
                $"Invalid limit: {text}: it must be between 1 and {LongestLimit}.", "parameter_invalid_integer", "limit");
        var limit = (int)(StripeMagic.Number(call.Query("limit")) ?? UsualLimit);
        var sorted = all.Where(one => IsWithin(call, of(one).Created))
            .OrderByDescending(one => of(one).Created).ThenByDescending(one => of(one).Id, StringComparer.Ordinal).ToList();
        var (after, before) = (call.Query("starting_after"), call.Query("ending_before"));
        var at = sorted.FindIndex(one => of(one).Id == (after ?? before));
        if ((after ?? before) is { } missing && at < 0)
            return StripeErrors.NotFound(kind, missing, after is null ? "ending_before" : "starting_after");

        List<T> rest = after is not null ? sorted[(at + 1)..] : before is not null ? sorted[..at] : sorted;
        var expand = StripeParameters.ListExpansions(call);
        var page = before is not null && after is null ? rest.TakeLast(limit) : rest.Take(limit);
        return Reply.Json(200, new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(one => JsonSerializer.SerializeToNode(view(one, expand), json))]),
            ["has_more"] = rest.Count > limit,
            ["url"] = call.Path,
        });
    }

    private static bool IsWithin(Call call, long created) =>
        !(created < Seconds(call, "gte")) && !(created <= Seconds(call, "gt"))
        && !(created > Seconds(call, "lte")) && !(created >= Seconds(call, "lt"));

    private static long? Seconds(Call call, string bound) =>
        long.TryParse(call.Query($"created[{bound}]"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
