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
            "payment_intents.create" or "refunds.create" or "payouts.create" => Number(call.Nested.TextAt("amount")),
            _ => null,
        };
        if (amount is null && call.Operation != "refunds.create")
            return null;
        var reference = Metadata(call.Nested, "reference");
        var code = CodeOf(call.Nested, amount);
        return code is null
            ? null : new MagicRequest(code, reference ?? (call.Request.Headers["Idempotency-Key"] is [{ } key, ..] ? key : call.Body));
    }

    /// <summary>The code of the merchant's own reference, else of the hub's, else of the amount.</summary>
    public static string? CodeOf(FormNode form, long? amount) => MagicCodes.OfReference(Metadata(form, "merchant_reference"))
        ?? MagicCodes.OfReference(Metadata(form, "reference"))
        ?? (amount is { } minorUnits ? MagicCodes.OfAmount(minorUnits) : null);

    private static string? Metadata(FormNode form, string name) =>
        form.TextAt("metadata", name) ?? form.TextAt("payment_intent_data", "metadata", name);

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
