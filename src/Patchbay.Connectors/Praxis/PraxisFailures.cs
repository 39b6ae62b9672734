using System.Globalization;
using System.Net;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Praxis;

/// <summary>What Praxis's refusals mean. Its codes are not published: the sign of the status decides, and the text is shown.</summary>
/// <remarks>Source: https://doc.praxiscashier.com/integration_docs/latest/overview/authentication.</remarks>
internal static class PraxisFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "bad_signature", InvalidCredentials, "Check the merchant id, key and secret." },
        { "address_not_allowed", InvalidCredentials, "Ask Praxis to allow this server's address." },
    };

    /// <summary>What a transaction's status says of why it came to nothing: beside it stand codes that are not published.</summary>
    private static readonly ErrorCodes Statuses = new()
    {
        { "declined", CardDeclined, "The bank, or the payment provider behind Praxis, declined." },
        { "rejected", CardDeclined, "It was rejected before it came to a bank." },
        { "error", ProviderUnavailable, "The payment provider behind Praxis failed." },
    };

    /// <summary>By the HTTP status: 400 is a signature that is missing or wrong, 403 an address that was not allowed.</summary>
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var said = ProviderHttp.TryRead(reply, PraxisJson.Default.PraxisAnswer)?.Description;
        return reply.Status switch
        {
            HttpStatusCode.BadRequest => Known(reply, "bad_signature", said ?? "Praxis refused the signature."),
            HttpStatusCode.Forbidden => Known(reply, "address_not_allowed", said ?? "Praxis refused."),
            _ => HttpFailures.Classify(reply, null, said),
        };
    }

    /// <summary>Why a transaction failed.</summary>
    public static FailureDetail Explain(PraxisTransaction failed)
    {
        var told = Statuses.Explain(failed.TransactionStatus, failed.StatusDetails);
        return failed.StatusCode is { ValueKind: not JsonValueKind.Null } code && code.ToString() is { Length: > 0 } text
            ? told with { Code = text } : told;
    }

    /// <summary>Null for an answer that says it was done.</summary>
    public static ProviderFailure? Of(PraxisAnswer answer)
    {
        if (answer.Status == 0)
            return null;
        var (code, said) = ("status_" + answer.Status.ToString(CultureInfo.InvariantCulture), answer.Description ?? "Praxis refused.");
        return answer.Status > 0
            ? ProviderFailure.Rejected(IsAboutKeys(said) ? FailureCause.Authentication : FailureCause.Request, code, said)
            : new ProviderFailure(FailureOutcome.Transient, FailureCause.Provider, code, said);
    }

    /// <summary>The words are unconfirmed: what is not recognised counts as another refusal, from which nothing is concluded.</summary>
    public static bool IsUnknownOrder(ProviderFailure failure) => failure is { Outcome: FailureOutcome.Rejected, HttpStatus: null }
        && (failure.Message.Contains("not found", StringComparison.OrdinalIgnoreCase)
            || failure.Message.Contains("not exist", StringComparison.OrdinalIgnoreCase));

    public static ProviderFailure NoDestination { get; } = ProviderFailure.Rejected(
        FailureCause.Request, "destination_not_supported",
        "Praxis asks the receiver in its cashier where the money goes: send destination {\"type\": \"cashier\"}.");

    public static ProviderFailure AmountDiffers(Money amount) => ProviderFailure.Rejected(
        FailureCause.Request, "amount_differs",
        $"The withdrawal request at Praxis is not of {amount}: cancel it there, and make another payout.");

    public static ProviderFailure NotPaid(string payment) => ProviderFailure.Rejected(
        FailureCause.Request, "not_paid_yet", $"Praxis has no approved transaction of {payment}.");

    public static ProviderFailure OtherCurrency(Money charged) => ProviderFailure.Rejected(
        FailureCause.Request, "charged_in_other_currency",
        $"Praxis charged {charged}, and refunds in that currency: refund all of the payment, or a part in Praxis's own pages.");

    private static ProviderFailure Known(ProviderReply reply, string code, string said) =>
        Codes.Refine(HttpFailures.Classify(reply, code, $"{said} {Codes.Find(code)!.Text}"));

    private static bool IsAboutKeys(string said) => ((string[])["signature", "merchant", "application key", "application_key"])
        .Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
}
