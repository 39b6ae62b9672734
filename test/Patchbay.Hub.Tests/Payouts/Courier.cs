using System.Collections.Concurrent;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Deliveries;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Carries money, as its drawer feels, and remembers what it was given.</summary>
[Provider("courier")]
internal sealed class Courier : IVerifyCredentials, IInitiatePayout, ILookUpPayout
{
    /// <summary>What each payout was asked as.</summary>
    public static readonly ConcurrentDictionary<string, PayoutRequest> Carried = new();

    /// <summary>What is told of a payout that is asked about; else that it is on its way.</summary>
    public static readonly ConcurrentDictionary<string, PayoutStatus> Told = new();

    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(new AccountInfo("Courier"));

    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        Carried[request.PayoutId] = request;
        return await Drawer.Named(connection.Value("drawer")).AskAsync(request.PayoutId, cancellationToken) switch
        {
            Mood.Works => StateOf(request.PayoutId),
            Mood.Refuses => ProviderFailure.Rejected(FailureCause.Request, "no_such_account", "Nobody lives there."),
            Mood.RefusesOddly => ProviderFailure.Rejected(FailureCause.Account, "E-778", "Not from here.") with { IsUnmapped = true },
            Mood.Unreachable => new ProviderFailure(
                FailureOutcome.Transient, FailureCause.Provider, "connect_failed", "Nobody there.") { NothingHappened = true },
            _ => new ProviderFailure(FailureOutcome.Unknown, FailureCause.Provider, "timeout", "No answer."),
        };
    }

    public Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PayoutState, ProviderFailure>>(StateOf(payout.PayoutId));

    public Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PayoutState?, ProviderFailure>>(
            Drawer.Named(connection.Value("drawer")).Done.Contains(request.PayoutId) ? StateOf(request.PayoutId) : null);

    private static PayoutState StateOf(string id) => new("parcel-" + id, Told.GetValueOrDefault(id, PayoutStatus.Processing))
    {
        Costs = CostLine.Read("fee", "0.35", "EUR"),
    };
}

/// <summary>Its news: <c>{"payout": "pyo_...", "status": "paid"}</c>, or a hint without a status.</summary>
[Provider("courier")]
internal sealed class CourierWebhooks : IReceiveWebhooks
{
    private static readonly FailureDetail Lost = new("lost", null, FailureReason.Other);

    public bool IsGenuine(WebhookRequest request, Connection connection) => request.Header("X-Courier") is { } given
        && connection.LiveSecrets("hook_secret").Any(secret => secret.Reveal() == given);

    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        var news = JsonDocument.Parse(request.Body).RootElement;
        var id = news.GetProperty("payout").GetString()!;
        return news.TryGetProperty("status", out var word)
            && Enum.TryParse<PayoutStatus>(word.GetString(), ignoreCase: true, out var status)
            ? [new PayoutEvent(id, new PayoutState("parcel-" + id, status, status == PayoutStatus.Failed ? Lost : null))]
            : [new PayoutHint(id, null)];
    }
}
