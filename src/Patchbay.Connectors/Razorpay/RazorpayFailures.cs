using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Razorpay;

/// <summary>What Razorpay's refusals mean: by what they say where that tells more, by the reason, else by the code.</summary>
/// <remarks>
/// Source: https://razorpay.com/docs/errors/. Nearly all are 400 with the code BAD_REQUEST_ERROR, wrong keys among them, so their sentences
/// have to be read. One that changes is no danger: what it was about counts by its status then, and money is looked up.
/// </remarks>
internal static class RazorpayFailures
{
    private const string WrongKeys = "authentication_failed";
    private const string ReferenceTaken = "reference_already_used";

    private static readonly (string Says, string Code)[] Sentences =
    [
        ("Authentication failed", WrongKeys),
        ("The api key", WrongKeys),
        ("Access Denied", "access_denied"),
        ("reference ID already attempted", ReferenceTaken),
        ("same idempotency key", "idempotency_key_reused"),
        ("enough balance", "insufficient_funds"),
    ];

    private static readonly ErrorCodes Known = new()
    {
        { WrongKeys, Rejected, Authentication, "Enter a key that is active, and its secret." },
        { "access_denied", Rejected, Account, "Add the hub's IP address to those that the account allows." },
        { "insufficient_funds", Rejected, Account, "Add funds to the account at Razorpay, then try again." },
        // What was done under the same name or key may be just this: it is looked up.
        { ReferenceTaken, Unknown, Request, "What was made under it before is looked up." },
        { "idempotency_key_reused", Unknown, Request, "What was done under it before is looked up." },
    };

    public static readonly ProviderFailure ReservedInOwnPageOnly = ProviderFailure.Rejected(
        Account, "manual_capture_in_own_page_only",
        "Razorpay's payment links take money at once: leave return_url out to reserve it with Checkout in your own page, or capture it "
            + "automatically.");

    public static readonly ProviderFailure PartialCapture = ProviderFailure.Rejected(
        Request, "partial_capture_not_supported", "Razorpay captures all that was reserved: capture it all, then refund the rest.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, RazorpayJson.Default.RazorpayErrorBody)?.Error;
        var said = Sentences.FirstOrDefault(one => error?.Description?.Contains(one.Says, StringComparison.OrdinalIgnoreCase) == true).Code;
        var code = said ?? (error?.Reason is { Length: > 0 } reason and not ("NA" or "null") ? reason : error?.Code);
        var text = error?.Field is { Length: > 0 } field ? $"{field}: {error.Description}" : error?.Description;
        var failure = Known.Refine(HttpFailures.Classify(reply, code, text));
        if (Known.Find(code) is { } known)
            failure = failure with { Message = $"{failure.Message} {known.Text}" };
        return failure.Outcome == Unknown ? InDoubt(failure) : failure;
    }

    /// <summary>It, or an earlier call of the same operation, may have been carried out.</summary>
    public static ProviderFailure InDoubt(ProviderFailure failure) => failure with { Outcome = Unknown, NothingHappened = false };

    public static bool IsReferenceTaken(ProviderFailure failure) => failure.Code == ReferenceTaken;

    public static ProviderFailure ModeMismatch(string prefix) => ProviderFailure.Rejected(
        Authentication, "mode_mismatch",
        $"This key is of the other mode than the integration. Enter the key that starts with {prefix} or make an integration of the other "
            + "mode.");

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        Request, "amount_not_representable", $"Razorpay cannot take {amount}: the last decimal of {amount.Currency} has to be 0 there.");

    public static ProviderFailure NotPaidYet(string reference) => ProviderFailure.Rejected(
        Request, "not_paid_yet", $"Razorpay names no payment that {reference} was paid by (yet).");

    public static ProviderFailure NotCancelable(string reference) => ProviderFailure.Rejected(
        Request, "not_cancelable",
        $"Razorpay lets nobody cancel {reference}: an order stays open until it is paid, and what is reserved goes back by itself after "
            + "3 days unless it is captured.");
}
