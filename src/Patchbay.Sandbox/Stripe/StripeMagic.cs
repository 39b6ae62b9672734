using System.Globalization;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Reads the magic code of a creating request: from its reference's suffix, else from its amount's last four digits.</summary>
internal static class StripeMagic
{
    public static MagicRequest? Of(Call call)
    {
        var amount = call.Operation switch
        {
            "checkout.sessions.create" => LineItemsTotal(call.Nested),
            "payment_intents.create" or "refunds.create" => Number(call.Nested.TextAt("amount")),
            _ => null,
        };
        if (amount is null && call.Operation != "refunds.create")
            return null;
        var reference = call.Nested.TextAt("metadata", "reference") ?? call.Nested.TextAt("payment_intent_data", "metadata", "reference");
        var code = CodeOf(reference, amount);
        return code is null
            ? null : new MagicRequest(code, reference ?? (call.Request.Headers["Idempotency-Key"] is [{ } key, ..] ? key : call.Body));
    }

    public static string? CodeOf(string? reference, long? amount) =>
        MagicCodes.OfReference(reference) ?? (amount is { } minorUnits ? MagicCodes.OfAmount(minorUnits) : null);

    /// <summary>The sum of the items; null when it cannot be told.</summary>
    public static long? LineItemsTotal(FormNode form)
    {
        if (form.At("line_items") is not { } items)
            return null;
        long sum = 0;
        foreach (var item in items.Children.Values)
        {
            if (Number(item.TextAt("price_data", "unit_amount")) is not { } price
                || Number(item.TextAt("quantity") ?? "1") is not { } quantity)
                return null;
            sum += price * quantity;
        }

        return sum;
    }

    /// <summary>A whole number of at most nine digits; null for anything else.</summary>
    public static long? Number(string? text) =>
        text is { Length: <= 9 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
