using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Deposits;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>
/// Whatever happens, in whatever order, on two nodes at once, with nodes that die half way: <c>lead.ftd</c> comes exactly when the sum
/// first reaches the minimum, once, and is the last that is told.
/// </summary>
public abstract class FtdContract(HubDatabases databases, string kind, int scenarios) : IAsyncLifetime
{
    private static readonly Dictionary<string, decimal> Rates = new() { ["USD"] = 1m, ["EUR"] = 1.1m, ["JPY"] = 0.0068m, ["KWD"] = 3.255m };
    private static readonly decimal OwnRate = 2.5m;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly IdGenerator _ids = new(TimeProvider.System);
    private TestDatabase _database = null!;
    private FtdNode[] _nodes = [];

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(kind, _ct);
        _nodes = [new FtdNode(_database.Database, TimeProvider.System), new FtdNode(_database.OpenAgain(), TimeProvider.System)];
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void A_first_time_depositor_is_told_of_once_at_the_right_moment_and_nothing_after_that()
    {
        var property = Prop.ForAll(FtdScenario.All.ToArbitrary(), scenario =>
        {
            var faults = Wait(Task.Run(() => RunAsync(scenario), _ct));
            return (faults.Count == 0).Label(string.Join(Environment.NewLine, faults));
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(scenarios));
    }

    [Fact]
    public async Task Two_deposits_that_race_on_two_nodes_make_one_first_time_depositor()
    {
        for (var round = 0; round < 10; round++)
        {
            var step = new FtdStep(FtdMove.Deposit, 0, 0, "USD", 6_000, 0, false, false);
            Assert.Empty(await RunAsync(new FtdScenario(
                100, 100, [[step, step with { Node = 1 }, step with { Move = FtdMove.Pay, Node = 1 }, step with { Node = 1 }]])));
        }
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>What is wrong afterwards.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(FtdScenario scenario)
    {
        var world = await World.CreateAsync(_nodes, _ids.New<TenantId>(), scenario, _ct);
        foreach (var wave in scenario.Waves)
        {
            var moves = wave.Select(world.Prepare).ToList();   // what they are about is chosen before any of them happens
            await world.AcceptPaymentsAsync();
            await Task.WhenAll(moves.Select(happen => Task.Run(happen, _ct)));
        }

        var faults = new List<string>();
        foreach (var lead in new[] { 0, 1 })
            faults.AddRange(await FtdBooks.FaultsAsync(
                _database.Database, world.Tenant, "L" + lead, lead == 0 ? scenario.BrazilsMinimum : scenario.Minimum, _ct));
        return faults;
    }

    /// <summary>A tenant with two leads, one of them in Brazil.</summary>
    private sealed class World(FtdNode[] nodes, TenantId tenant, CancellationToken ct)
    {
        private readonly Caller _caller = new(tenant, new ApiKey(
            tenant, new ApiKeyId(Guid.Empty), [], "", Live: true, DateTimeOffset.UnixEpoch, "test", [Permissions.All], [],
            RatePerSecond: 1, Burst: 1, ExpiresAt: null, RevokedAt: null, ReplacedBy: null, LastUsedAt: null));

        private readonly List<RecordDepositRequest> _deposits = [];
        private readonly List<PaymentKey> _payments = [];
        private readonly Queue<Payment> _accepted = [];
        private readonly IdGenerator _ids = new(TimeProvider.System);
        private int _count;

        public TenantId Tenant => tenant;

        public static async Task<World> CreateAsync(FtdNode[] nodes, TenantId tenant, FtdScenario scenario, CancellationToken ct)
        {
            var world = new World(nodes, tenant, ct);
            var node = nodes[0];
            foreach (var (code, rate) in Rates.Where(rate => rate.Key != "USD"))
                await node.DoAsync(await node.Ftd.SetRateAsync(
                    world._caller, code, new SetRateRequest(Json(rate.ToString(CultureInfo.InvariantCulture))), ct), false, ct);
            foreach (var (country, minimum) in new[] { ("*", scenario.Minimum), ("BR", scenario.BrazilsMinimum) })
                Assert.NotNull(
                    await node.DoAsync(await node.Ftd.SetMinimumAsync(world._caller, country,
                        new SetFtdMinimumRequest(Json(minimum.ToString(CultureInfo.InvariantCulture))), ct), false, ct));
            foreach (var lead in new[] { 0, 1 })
                Assert.NotNull(
                    await node.DoAsync(await node.Leads.RegisterAsync(
                        world._caller, new RegisterLeadRequest("a", "L" + lead, "cus_" + lead, lead == 0 ? "BR" : null), ct), false, ct));
            return world;
        }

        /// <summary>What will happen.</summary>
        public Func<Task> Prepare(FtdStep step)
        {
            switch (step.Move)
            {
                case FtdMove.Deposit or FtdMove.DepositWithRate:
                    var request = new RecordDepositRequest(
                        null, "a", "L" + step.Lead, null, "ref-" + ++_count, Json(Amount(step)), step.Currency,
                        step.Move == FtdMove.DepositWithRate ? Json(OwnRate.ToString(CultureInfo.InvariantCulture)) : null);
                    _deposits.Add(request);
                    return () => OnAsync(step, node => RecordAsync(node, request, step.Dies));
                case FtdMove.Repeat when _deposits.Count > 0:
                    var repeated = _deposits[step.Target % _deposits.Count];
                    return () => OnAsync(step, node => RecordAsync(node, repeated, step.Dies));
                case FtdMove.Reverse when _deposits.Count > 0:
                    var reference = _deposits[step.Target % _deposits.Count].Reference!;
                    return () => ReverseAsync(nodes[step.Node], reference, step);
                case FtdMove.Pay:
                    var payment = NewPayment(step);
                    _payments.Add(payment.Key);
                    _accepted.Enqueue(payment);
                    return () => OnAsync(step, node => node.ReportAsync(
                        payment.Key, new PaymentState("pi", PaymentStatus.Succeeded), TimeProvider.System.GetUtcNow(), ct));
                case FtdMove.Refund or FtdMove.ChargeBack when _payments.Count > 0:
                    var paid = _payments[step.Target % _payments.Count];
                    return () => OnAsync(step, node => ReturnAsync(node, paid, step));
                default:
                    return () => Task.CompletedTask;
            }
        }

        /// <summary>Providers speak only of payments that were committed before.</summary>
        public async Task AcceptPaymentsAsync()
        {
            while (_accepted.TryDequeue(out var payment))
                await nodes[0].InsertAsync(payment, ct);
        }

        private Task OnAsync(FtdStep step, Func<FtdNode, Task> happen) =>
            step.Twice ? Task.WhenAll(nodes.Select(node => Task.Run(() => happen(node), ct))) : happen(nodes[step.Node]);

        private async Task RecordAsync(FtdNode node, RecordDepositRequest request, bool dies) =>
            await node.DoAsync(await node.Deposits.RecordAsync(_caller, request, ct), dies, ct);

        private async Task ReverseAsync(FtdNode node, string reference, FtdStep step)
        {
            if (await node.FindDepositAsync(tenant, reference, ct) is not { } found)
                return;   // it has not happened yet
            var part = Math.Max(1, found.Amount.MinorUnits * (step.Size % 100) / 100);
            var amount = (found.Amount with { MinorUnits = part }).ToAmountString();
            await node.DoAsync(
                await node.Deposits.ReverseAsync(_caller, found.Id, new ReverseDepositRequest(Json(amount)), ct), step.Dies, ct);
        }

        private Task ReturnAsync(FtdNode node, PaymentKey key, FtdStep step) => node.ReportAsync(
            key,
            new PaymentState("pi", PaymentStatus.Succeeded)
            {
                Refunded = step.Move == FtdMove.Refund ? new Money(step.Size, Currency.Parse("EUR")) : null,
                Disputes = step.Move == FtdMove.ChargeBack ? [new DisputeReport("dp", DisputeKind.Chargeback, DisputeStatus.Lost)] : [],
            },
            TimeProvider.System.GetUtcNow(), ct);

        private Payment NewPayment(FtdStep step) => new()
        {
            TenantId = tenant, Id = _ids.New<PaymentId>(), Mode = IntegrationMode.Live,
            Amount = new Money(Minor(step), Currency.Parse(step.Currency)), Reference = "r", Capture = CaptureMethod.Automatic,
            Details = JsonSerializer.Serialize(
                new PaymentDetails(
                    null, new Customer("cus_" + step.Lead, null, null, null), null, null, null, new Dictionary<string, string>(), null),
                    HubJson.Stored), IntegrationId = new IntegrationId(Guid.Empty), CreatedAt = TimeProvider.System.GetUtcNow(),
                    UpdatedAt = TimeProvider.System.GetUtcNow(),
        };

        /// <summary>Of about the same worth in every currency.</summary>
        private static long Minor(FtdStep step) => step.Currency switch { "JPY" => step.Size, "KWD" => step.Size * 3 + 1, _ => step.Size };

        private static string Amount(FtdStep step) => new Money(Minor(step), Currency.Parse(step.Currency)).ToAmountString();

        private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
    }
}

public sealed class SqliteFtdTests(HubDatabases databases) : FtdContract(databases, TestDatabases.Sqlite, 15);

public sealed class PostgreSqlFtdTests(HubDatabases databases) : FtdContract(databases, TestDatabases.PostgreSql, 25);
