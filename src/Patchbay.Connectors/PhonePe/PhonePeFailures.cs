using System.Net;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>What PhonePe's refusals mean. Their codes are shown; the status decides.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway/error-codes.</remarks>
internal static class PhonePeFailures
{
    /// <summary>One rupee.</summary>
    private const long Smallest = 100;

    public static readonly ProviderFailure NoReturnUrl = ProviderFailure.Rejected(
        FailureCause.Request, "return_url_required",
        "PhonePe takes payments on its own page: send return_url, where the customer goes afterwards.");

    private static readonly ProviderFailure NotAnAmount = ProviderFailure.Rejected(
        FailureCause.Account, "amount_not_supported", "PhonePe takes and gives back rupees (INR), one at least.");

    /// <summary>What has this id may be what an earlier call made whose answer was lost (409): that is looked up, as after a 5xx.</summary>
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, PhonePeJson.Default.PhonePeError);
        return HttpFailures.Classify(reply, error?.Code ?? error?.ErrorCode, error?.Message);
    }

    /// <summary>Null when it can be taken, or given back.</summary>
    public static ProviderFailure? Refuse(Money amount) =>
        amount.Currency.Code == "INR" && amount.MinorUnits >= Smallest ? null : NotAnAmount;

    /// <summary>Of a look-up: null where PhonePe itself says that it has no such thing; how it says so is unconfirmed.</summary>
    public static Result<T?, ProviderFailure> OrNothing<T>(Result<T, ProviderFailure> read)
        where T : class =>
        read.Error is { } error && IsNotThere(error) ? new Result<T?, ProviderFailure>((T?)null) : read.Map(found => (T?)found);

    /// <summary>Not that of something on the way, which has no code.</summary>
    private static bool IsNotThere(ProviderFailure failure) => failure.Outcome == FailureOutcome.Rejected
        && (failure.HttpStatus == (int)HttpStatusCode.NotFound && failure.Code != "http_404"
            || failure.Code.EndsWith("NOT_FOUND", StringComparison.Ordinal));
}
