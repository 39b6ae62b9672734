using System.Globalization;
using System.Net;
using System.Text.Json;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Xunit;

namespace Patchbay.TestKit;

/// <summary>
/// Payments at a gateway of the sandbox, with all that may follow and go wrong. Whatever it is: nobody is charged or refunded twice, nothing
/// is refunded beyond what was taken, nothing stays open that nobody is told of, and the hub's books are the gateway's.
/// </summary>
public sealed class GatewayStories
{
    private readonly SandboxServer _sandbox;
    private readonly GatewayShop _shop;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(TestForm.IsLong ? 300 : 180);

    /// <summary>After so long without news, they are asked for.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(TestForm.IsLong ? 25 : 5);

    private static readonly string[] Settled =
        ["succeeded", "partially_refunded", "refunded", "authorized", "failed", "canceled", "expired"];

    private static readonly SandboxFault[] Faults =
    [
        new(FaultKind.RateLimit), new(FaultKind.ServerError), new(FaultKind.ServerErrorAfterWork), new(FaultKind.DropBeforeWork),
        new(FaultKind.DropAfterWork), new(FaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(100) },
        new(FaultKind.HangAfterWork) { Delay = TimeSpan.FromSeconds(2.5) }, new(FaultKind.WebhookDuplicate),
        new(FaultKind.WebhookLate) { Delay = TimeSpan.FromMilliseconds(300) }, new(FaultKind.WebhookOutOfOrder),
    ];

    private static readonly SandboxFault[] Losses = [new(FaultKind.WebhookBadSignature), new(FaultKind.WebhookNone)];

    /// <summary>
    /// Who tells something by a request alone, and repeats it until it is taken: none is lost. At Adyen it is captures and refunds; at
    /// PowerTranz the consent that a browser brings, without which a payment expires, but only after half an hour.
    /// </summary>
    private static readonly string[] OnlyTell = ["adyen", "powertranz"];

    private readonly List<Story> _stories = [];
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <param name="seed">The same seed, the same stories.</param>
    public GatewayStories(SandboxServer sandbox, GatewayShop shop, int seed, int count)
    {
        (_sandbox, _shop) = (sandbox, shop);
        var random = new Random(shop.Gateway.Aggregate(seed, (sum, letter) => unchecked(sum * 31 + letter)));
        _stories.AddRange(Enumerable.Range(0, count).Select(number => new Story(number, random)));
    }

    public Task TellAsync() => Parallel.ForEachAsync(
        _stories, new ParallelOptions { MaxDegreeOfParallelism = 5, CancellationToken = _ct }, async (story, _) => await TellAsync(story));

    /// <summary>A payment with what may follow it, each step under a fault that strikes whoever is next.</summary>
    private async Task TellAsync(Story story)
    {
        Spoil();
        var begun = await _shop.BeginAsync(
            story.Amount, "story-" + story.Number, capture: story.IsReserved && _shop.Captures ? "manual" : "automatic");
        var path = $"/api/v1/payments/{begun.Text("id")}";
        var payment = await SettleAsync(path);
        Spoil();
        if (payment.Text("status") == "authorized")
        {
            await CloseAsync(begun.Text("id")!, story.IsGivenUp ? "cancel" : "capture");
            payment = await SettleAsync(path, status => status != "authorized");
        }

        if (payment.Text("status") != "succeeded")
            return;
        var refunds = await Task.WhenAll(story.Refunds.Select(async (amount, number) =>
        {
            Spoil();
            return await _shop.Client.PostJsonAsync($"{path}/refunds", new { amount }, $"refund-{story.Number}-{number}");
        }));
        foreach (var refund in refunds.Where(reply => (int)reply.Status is 201 or 202))
            await SettleAsync($"/api/v1/refunds/{refund.Text("id")}", status => status != "pending", path + "/verify");

        void Spoil()
        {
            SandboxFault[] all = OnlyTell.Contains(_shop.Gateway) ? Faults : [.. Faults, .. Losses];
            if (story.Next(3) == 0)
                _sandbox.Faults.Add(all[story.Next(all.Length)] with { Provider = _shop.Gateway, Count = 1 });
        }
    }

    /// <summary>What its completion has begun may still be on its way: that is refused, and asked for again.</summary>
    private async Task CloseAsync(string payment, string how)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/{how}", new { }, $"{how}-{payment}") 
            is { Status: not (HttpStatusCode.Accepted or HttpStatusCode.OK) } refused)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < Patience, $"{_shop.Gateway}: {refused} {await DeliveriesAsync(payment)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _ct);
        }
    }

    /// <summary>What no webhook tells, the caller asks for, as anybody may.</summary>
    private async Task<HubReply> SettleAsync(string path, Func<string, bool>? isSettled = null, string? ask = null)
    {
        HubReply reply = null!;
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Round)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(since) < Round)
            {
                reply = await _shop.Client.GetJsonAsync(path);
                if (isSettled?.Invoke(reply.Text("status")!) ?? Settled.Contains(reply.Text("status")))
                    return reply;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _ct);
            }

            if (await IsLeftToAPersonAsync(path.Split('/')[^1]))
                return reply;
            await _shop.Client.PostJsonAsync(ask ?? path + "/verify");
        }

        return reply;
    }

    /// <summary>Where the hub's books and the gateway's differ, and what happened twice; each with its gateway.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        var (faults, ledger) = (new List<string>(), _sandbox.Ledger);
        foreach (var payment in await AllAsync("/api/v1/payments"))
        {
            var (id, status) = (payment.Text("id")!, payment.Text("status")!);
            var wasPaid = Amount(payment, "captured") > 0;
            if ((!Settled.Contains(status) || status == "authorized") && !await IsLeftToAPersonAsync(id))
                faults.Add($"{id} stays {status}: {await DeliveriesAsync(id)}");
            if (ledger.PaymentsFor(id) > 1 || ledger.ChargesFor(id) > 1 || wasPaid && ledger.ChargesFor(id) != 1)
                faults.Add($"{id} is {status}, and was made {ledger.PaymentsFor(id)} times, charged {ledger.ChargesFor(id)} times");
            if (status == "failed" && ledger.ChargesFor(id) > 0)
                faults.Add($"{id} failed, and its customer was charged");
            var refunds = await AllAsync($"/api/v1/payments/{id}/refunds");
            var given = refunds.Where(refund => refund.Text("status") == "succeeded").Sum(refund => Amount(refund, "amount"));
            var doubtful = 0m;
            foreach (var refund in refunds.Where(refund => refund.Text("status") == "pending"))
            {
                if (!_shop.NamesRefunds && await IsLeftToAPersonAsync(refund.Text("id")!))
                    doubtful += Amount(refund, "amount");
                else
                    faults.Add($"{refund.Text("id")} stays pending: {await DeliveriesAsync(refund.Text("id")!)}");
            }

            if (_shop.NamesRefunds)
            {
                faults.AddRange(refunds
                    .Where(refund => ledger.RefundsFor(refund.Text("id")!) != (refund.Text("status") == "succeeded" ? 1 : 0))
                    .Select(refund => $"{refund.Text("id")} {refund.Text("status")}: made {ledger.RefundsFor(refund.Text("id")!)} times"));
            }

            var (told, made) = (Amount(payment, "refunded"), _shop.NamesRefunds ? given : RefundedOf(payment, ledger));
            if (Math.Max(given, made) > Amount(payment, "captured") || told < given || told > given + doubtful || made < given
                || made > given + doubtful)
            {
                faults.Add($"{id}: captured {payment.Text("captured")}, refunded {told}, refunds of {given}, in doubt {doubtful}, "
                    + $"made {made}");
            }
        }

        return [.. faults.Select(fault => $"{_shop.Gateway}: {fault}")];
    }

    private static decimal RefundedOf(JsonElement payment, SandboxLedger ledger) =>
        payment.Text("provider_reference") is { } reference ? ledger.RefundedOf(reference) / 100m : 0;

    /// <summary>Its start, or a refund, may be in doubt for good, where the provider cannot be asked: the hub says so.</summary>
    private async Task<bool> IsLeftToAPersonAsync(string subject) =>
        (await _shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}"))["data"].EnumerateArray().Any(one =>
            (one.Text("capability"), one.Text("status"), one.Text("reason")) == ("initiate_payment", "exhausted", "unresolved")
            || one.Text("capability") == "process_refund" && one.GetProperty("needs_resolution").GetBoolean());

    /// <summary>Why it may be as it is.</summary>
    private async Task<string> DeliveriesAsync(string subject)
    {
        var deliveries = (await _shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}"))["data"].EnumerateArray();
        return string.Join("; ", deliveries.Select(one => string.Join(
            ' ', one.Text("capability"), one.Text("status"), one.GetProperty("attempt_count"), one.Text("error_code"))));
    }

    private async Task<List<JsonElement>> AllAsync(string path)
    {
        var all = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = await _shop.Client.GetJsonAsync($"{path}?limit=200{cursor}");
            all.AddRange(page["data"].EnumerateArray());
            if (page.Text("next_cursor") is not { } next)
                return all;
            cursor = "&cursor=" + Uri.EscapeDataString(next);
        }
    }

    private static decimal Amount(JsonElement of, string field) =>
        decimal.Parse(of.Text(field)!, CultureInfo.InvariantCulture);

    /// <summary>What happens to one payment, drawn beforehand.</summary>
    private sealed class Story
    {
        private readonly Random _random;

        public Story(int number, Random random)
        {
            _random = new Random(random.Next());
            Number = number;
            Amount = FormattableString.Invariant($"{_random.Next(5, 60)}.{_random.Next(100):D2}");
            IsReserved = _random.Next(4) == 0;
            IsGivenUp = _random.Next(2) == 0;
            Refunds = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => FormattableString.Invariant($"{_random.Next(1, 30)}.00"))];
        }

        public int Number { get; }

        public string Amount { get; }

        public bool IsReserved { get; }

        public bool IsGivenUp { get; }

        public IReadOnlyList<string> Refunds { get; }

        public int Next(int below)
        {
            lock (_random)
                return _random.Next(below);
        }
    }
}
