using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>
/// Whatever goes wrong at any gateway of the sandbox: nobody is charged or refunded twice, nothing is refunded beyond what was taken,
/// nothing stays open that nobody is told of, and the hub's books are the gateways'. The long form makes 300 payments at each, others each
/// time.
/// </summary>
public abstract class MoneyPropertyTests(HubDatabases databases, string kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(TestForm.IsLong ? 300 : 60);

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

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_taken_or_given_back_twice_and_the_books_agree()
    {
        var seed = TestForm.IsLong ? RandomNumberGenerator.GetInt32(int.MaxValue) : 20_261_130;
        await using var hub = await databases.LendAsync(kind, _ct);
        var faults = new ConcurrentBag<string>();
        await Task.WhenAll(GatewayShop.Gateways.Select(async gateway =>
        {
            using var shop = await GatewayShop.OpenAsync(hub.Host, gateway);
            var random = new Random(seed ^ gateway.Name.GetHashCode(StringComparison.Ordinal));
            var stories = Enumerable.Range(0, TestForm.IsLong ? 300 : 10).Select(number => new Story(number, random)).ToList();
            await Parallel.ForEachAsync(
                stories, new ParallelOptions { MaxDegreeOfParallelism = 5, CancellationToken = _ct },
                async (story, _) => await TellAsync(hub.Host, shop, story));
            foreach (var fault in await DifferencesAsync(hub.Host, shop))
                faults.Add($"{gateway.Name}: {fault}");
        }));

        Assert.True(faults.IsEmpty, $"seed {seed}\n{string.Join('\n', faults.Order(StringComparer.Ordinal))}");
        Assert.Empty(hub.Host.Sandbox.Ledger.RepeatedPayments);
    }

    /// <summary>A payment with what may follow it, each step under a fault that strikes whoever is next.</summary>
    private async Task TellAsync(HubHost hub, GatewayShop shop, Story story)
    {
        Spoil();
        var begun = await shop.BeginAsync(
            story.Amount, "story-" + story.Number, capture: story.IsReserved && shop.Captures ? "manual" : "automatic");
        var path = $"/api/v1/payments/{begun.Text("id")}";
        var payment = await SettleAsync(shop, path);
        Spoil();
        if (payment.Text("status") == "authorized")
        {
            await CloseAsync(shop, begun.Text("id")!, story.IsGivenUp ? "cancel" : "capture");
            payment = await SettleAsync(shop, path, status => status != "authorized");
        }

        if (payment.Text("status") != "succeeded")
            return;
        var refunds = await Task.WhenAll(story.Refunds.Select(async (amount, number) =>
        {
            Spoil();
            return await shop.Client.PostJsonAsync($"{path}/refunds", new { amount }, $"refund-{story.Number}-{number}");
        }));
        foreach (var refund in refunds.Where(reply => (int)reply.Status is 201 or 202))
            await SettleAsync(shop, $"/api/v1/refunds/{refund.Text("id")}", status => status != "pending", path + "/verify");

        void Spoil()
        {
            SandboxFault[] all = OnlyTell.Contains(shop.Gateway) ? Faults : [.. Faults, .. Losses];
            if (story.Next(3) == 0)
                hub.Sandbox.Faults.Add(all[story.Next(all.Length)] with { Provider = shop.Gateway, Count = 1 });
        }
    }

    /// <summary>What its completion has begun may still be on its way: that is refused, and asked for again.</summary>
    private async Task CloseAsync(GatewayShop shop, string payment, string how)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/{how}", new { }) 
            is { Status: not (HttpStatusCode.Accepted or HttpStatusCode.OK) } refused)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < Patience, $"{shop.Gateway}: {refused} {await DeliveriesAsync(shop, payment)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _ct);
        }
    }

    /// <summary>What no webhook tells, the caller asks for, as anybody may.</summary>
    private async Task<HubReply> SettleAsync(GatewayShop shop, string path, Func<string, bool>? isSettled = null, string? ask = null)
    {
        HubReply reply = null!;
        for (var round = 0; round < 12; round++)
        {
            var until = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(until) < Patience / 12)
            {
                reply = await shop.Client.GetJsonAsync(path);
                if (isSettled?.Invoke(reply.Text("status")!) ?? Settled.Contains(reply.Text("status")))
                    return reply;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _ct);
            }

            if (await IsLeftToAPersonAsync(shop, path.Split('/')[^1]))
                return reply;
            await shop.Client.PostJsonAsync(ask ?? path + "/verify");
        }

        return reply;
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(HubHost hub, GatewayShop shop)
    {
        var (faults, ledger) = (new List<string>(), hub.Sandbox.Ledger);
        foreach (var payment in await AllAsync(shop, "/api/v1/payments"))
        {
            var (id, status) = (payment.Text("id")!, payment.Text("status")!);
            var wasPaid = Amount(payment, "captured") > 0;
            if ((!Settled.Contains(status) || status == "authorized") && !await IsLeftToAPersonAsync(shop, id))
                faults.Add($"{id} stays {status}: {await DeliveriesAsync(shop, id)}");
            if (ledger.PaymentsFor(id) > 1 || ledger.ChargesFor(id) > 1 || wasPaid && ledger.ChargesFor(id) != 1)
                faults.Add($"{id} is {status}, and was made {ledger.PaymentsFor(id)} times, charged {ledger.ChargesFor(id)} times");
            if (status == "failed" && ledger.ChargesFor(id) > 0)
                faults.Add($"{id} failed, and its customer was charged");
            var refunds = await AllAsync(shop, $"/api/v1/payments/{id}/refunds");
            var given = refunds.Where(refund => refund.Text("status") == "succeeded").Sum(refund => Amount(refund, "amount"));
            var doubtful = 0m;
            foreach (var refund in refunds.Where(refund => refund.Text("status") == "pending"))
            {
                if (!shop.NamesRefunds && await IsLeftToAPersonAsync(shop, refund.Text("id")!))
                    doubtful += Amount(refund, "amount");
                else
                    faults.Add($"{refund.Text("id")} stays pending: {await DeliveriesAsync(shop, refund.Text("id")!)}");
            }

            if (shop.NamesRefunds)
            {
                faults.AddRange(refunds
                    .Where(refund => ledger.RefundsFor(refund.Text("id")!) != (refund.Text("status") == "succeeded" ? 1 : 0))
                    .Select(refund => $"{refund.Text("id")} {refund.Text("status")}: made {ledger.RefundsFor(refund.Text("id")!)} times"));
            }

            var (told, made) = (Amount(payment, "refunded"), shop.NamesRefunds ? given : RefundedOf(payment, ledger));
            if (Math.Max(given, made) > Amount(payment, "captured") || told < given || told > given + doubtful || made < given
                || made > given + doubtful)
            {
                faults.Add($"{id}: captured {payment.Text("captured")}, refunded {told}, refunds of {given}, in doubt {doubtful}, "
                    + $"made {made}");
            }
        }

        return faults;
    }

    private static decimal RefundedOf(JsonElement payment, SandboxLedger ledger) =>
        payment.Text("provider_reference") is { } reference ? ledger.RefundedOf(reference) / 100m : 0;

    /// <summary>Its start, or a refund, may be in doubt for good, where the provider cannot be asked: the hub says so.</summary>
    private static async Task<bool> IsLeftToAPersonAsync(GatewayShop shop, string subject) =>
        (await shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}"))["data"].EnumerateArray().Any(one =>
            (one.Text("capability"), one.Text("status"), one.Text("reason")) == ("initiate_payment", "exhausted", "unresolved")
            || one.Text("capability") == "process_refund" && one.GetProperty("needs_resolution").GetBoolean());

    /// <summary>Why it may be as it is.</summary>
    private static async Task<string> DeliveriesAsync(GatewayShop shop, string subject)
    {
        var deliveries = (await shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}"))["data"].EnumerateArray();
        return string.Join("; ", deliveries.Select(one => string.Join(
            ' ', one.Text("capability"), one.Text("status"), one.GetProperty("attempt_count"), one.Text("error_code"))));
    }

    private async Task<List<JsonElement>> AllAsync(GatewayShop shop, string path)
    {
        var all = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = await shop.Client.GetJsonAsync($"{path}?limit=200{cursor}");
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

public sealed class MoneyPropertyTestsOnSqlite(HubDatabases databases) : MoneyPropertyTests(databases, TestDatabases.Sqlite);

public sealed class MoneyPropertyTestsOnPostgreSql(HubDatabases databases) : MoneyPropertyTests(databases, TestDatabases.PostgreSql);
