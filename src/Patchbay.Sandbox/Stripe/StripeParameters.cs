using System.Collections.Frozen;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>The parameters Stripe's operations take; any other is refused, as Stripe does.</summary>
/// <remarks>Source: stripe/openapi spec3.yaml, top-level properties of the request bodies.</remarks>
internal static class StripeParameters
{
    private const string EachOfList = "data.";

    public static readonly FrozenSet<string> OfSession = Names(
        "after_expiration allow_promotion_codes automatic_tax billing_address_collection cancel_url client_reference_id consent_collection "
        + "currency " +
        "custom_fields custom_text customer customer_creation customer_email customer_update discounts expand expires_at invoice_creation "
        + "line_items " +
        "locale metadata mode payment_intent_data payment_method_collection payment_method_options payment_method_types "
        + "phone_number_collection " +
        "setup_intent_data shipping_address_collection shipping_options submit_type subscription_data success_url tax_id_collection");

    public static readonly FrozenSet<string> OfPayment = Names(
        "amount application_fee_amount automatic_payment_methods capture_method confirm confirmation_method currency customer description "
            +
        "error_on_requires_action expand mandate mandate_data metadata off_session on_behalf_of payment_method payment_method_data " +
        "payment_method_options payment_method_types radar_options receipt_email return_url setup_future_usage shipping "
        + "statement_descriptor " +
        "statement_descriptor_suffix transfer_data transfer_group use_stripe_sdk");

    /// <summary>Those that are played; the others that Stripe takes here are refused, not passed over.</summary>
    public static readonly FrozenSet<string> OfPaymentUpdate = Names("amount description expand metadata receipt_email");

    /// <inheritdoc cref="OfPaymentUpdate"/>
    public static readonly FrozenSet<string> OfUpdate = Names("expand metadata");

    public static readonly FrozenSet<string> OfConfirm = Names(
        "capture_method client_secret error_on_requires_action expand mandate mandate_data off_session payment_method payment_method_data "
            +
        "payment_method_options payment_method_types radar_options receipt_email return_url setup_future_usage shipping use_stripe_sdk");

    public static readonly FrozenSet<string> OfCapture = Names(
        "amount_to_capture application_fee_amount expand metadata statement_descriptor statement_descriptor_suffix transfer_data");

    public static readonly FrozenSet<string> OfCancel = Names("cancellation_reason expand");

    public static readonly FrozenSet<string> OfRefund = Names(
        "amount charge currency customer expand instructions_email metadata origin payment_intent reason refund_application_fee "
            + "reverse_transfer");

    public static readonly FrozenSet<string> OfPayout =
        Names("amount currency description destination expand metadata method source_type statement_descriptor");

    public static readonly FrozenSet<string> OfPayoutCancel = Names("expand");

    public static readonly FrozenSet<string> OfWebhookEndpoint =
        Names("api_version connect description enabled_events expand metadata url");

    /// <summary>The refusal of a parameter that is not known; null when all are.</summary>
    public static Reply? Refuse(FormNode form, FrozenSet<string> known)
    {
        foreach (var name in form.Children.Keys)
        {
            if (!known.Contains(name))
                return StripeErrors.Invalid($"Received unknown parameter: {name}", "parameter_unknown", name);
        }

        return null;
    }

    /// <summary>Reads <c>amount</c> and <c>currency</c>; the refusal when they are missing or may not be, else null.</summary>
    /// <param name="refuse">What Stripe has against such a sum.</param>
    public static Reply? ReadSum(FormNode form, Func<long, string, Reply?> refuse, out long amount, out string currency)
    {
        var text = form.TextAt("amount");
        var number = StripeMagic.Number(text);
        (amount, currency) = (number ?? 0, form.TextAt("currency") ?? "");
        return text is null ? StripeErrors.Missing("amount")
            : number is null ? StripeErrors.Invalid($"Invalid integer: {text}", "parameter_invalid_integer", "amount")
            : form.TextAt("currency") is null ? StripeErrors.Missing("currency")
            : refuse(amount, currency);
    }

    /// <summary>The refusal a magic code asks for when something is created; null for none.</summary>
    public static Reply? RefuseByCode(string? code) => code switch
    {
        MagicCodes.Invalid => StripeErrors.Invalid(
            "Invalid integer: the amount was refused by its magic value.", "parameter_invalid_integer", "amount"),
        MagicCodes.InsufficientFunds => StripeErrors.Declined(StripeDecline.InsufficientFunds, chargeId: null, payment: null),
        _ => null,
    };

    public static IReadOnlyDictionary<string, string> Metadata(FormNode? node)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node?.Children ?? new Dictionary<string, FormNode>())
        {
            if (value.Text is { Length: > 0 } text)
                metadata[key] = text;
        }

        return metadata;
    }

    /// <summary>Merged by key; an empty value takes a key away, an empty <c>metadata</c> all of them.</summary>
    public static IReadOnlyDictionary<string, string> Changed(IReadOnlyDictionary<string, string> metadata, FormNode? changes)
    {
        if (changes is null)
            return metadata;
        var merged = changes.Text is null
            ? new Dictionary<string, string>(metadata, StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in changes.Children)
        {
            if (value.Text is { Length: > 0 } text)
                merged[key] = text;
            else
                merged.Remove(key);
        }

        return merged;
    }

    /// <summary>What a list's <c>expand[]</c> asks for of each object: <c>data.charge</c> there is <c>charge</c> here.</summary>
    public static IReadOnlySet<string> ListExpansions(Call call) => Expansions(call)
        .Where(path => path.StartsWith(EachOfList, StringComparison.Ordinal)).Select(path => path[EachOfList.Length..]).ToHashSet();

    /// <summary>What <c>expand[]</c> asks for, in the query or the body.</summary>
    public static IReadOnlySet<string> Expansions(Call call)
    {
        var expand = call.Nested.At("expand")?.Children.Values.Select(node => node.Text ?? "").ToHashSet() ?? [];
        foreach (var (name, values) in call.Request.Query)
        {
            if (name.StartsWith("expand[", StringComparison.Ordinal))
                expand.UnionWith(values.OfType<string>());
        }

        return expand;
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
