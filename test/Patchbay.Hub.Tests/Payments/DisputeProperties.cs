using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>Disputes are decided, corrected and told of twice, late and in any order.</summary>
public sealed class DisputeProperties
{
    private static readonly Currency Euro = Currency.Parse("EUR");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Dispute> Reports =
        from of in Gen.Elements("dp_1", "dp_2")
        from kind in Gen.Elements(DisputeKind.Inquiry, DisputeKind.Chargeback)
        from status in Gen.Elements(DisputeStatus.Open, DisputeStatus.Won, DisputeStatus.Lost)
        from amount in Gen.Elements(0L, 1_000, 7_000)
        from at in Gen.Choose(-1, 3)
        select new Dispute
        {
            Key = new DisputeKey(new TenantId(Guid.Empty), new PaymentId(Guid.Empty), of), Id = new DisputeId(Guid.Empty), Kind = kind,
            Status = status, Amount = new Money(amount, Euro), ReportedAt = at < 0 ? null : Noon.AddSeconds(at), CreatedAt = Noon,
            UpdatedAt = Noon,
        };

    [Fact]
    public void The_order_and_the_number_of_reports_do_not_matter() => Check(
        from reports in Gen.ListOf(Reports)
        from order in Gen.Shuffle(reports.Concat(reports).ToArray())
        select (reports, order),
        both => After(both.reports) == After(both.order));

    [Fact]
    public void The_sum_kept_with_the_payment_is_that_of_its_disputes() => Check(Gen.ListOf(Reports), reports =>
    {
        var last = Last(reports).ToList();
        return After(reports) == new Contested(
            last.Count,
            last.Where(one => one is { Kind: DisputeKind.Chargeback, Status: DisputeStatus.Open }).Sum(one => one.Amount.MinorUnits),
            last.Where(one => one.Status == DisputeStatus.Lost).Sum(one => one.Amount.MinorUnits));
    });

    [Fact]
    public void What_is_said_last_by_the_providers_clock_stands() => Check(Gen.ListOf(Reports), reports =>
        reports.GroupBy(report => report.Key).All(of =>
            of.Aggregate(Dispute.Later).ReportedAt == of.Max(report => report.ReportedAt)));

    [Fact]
    public void More_is_never_refunded_than_disputes_leave() => Check(
        from reports in Gen.ListOf(Reports)
        from reserved in Gen.Choose(0, 10_000)
        select (reports, reserved),
        both =>
        {
            var payment = new Payment
            {
                TenantId = new TenantId(Guid.Empty), Id = new PaymentId(Guid.Empty), Mode = IntegrationMode.Live,
                Amount = new Money(10_000, Euro), Reference = "r", Capture = CaptureMethod.Automatic, Details = "{}",
                IntegrationId = new IntegrationId(Guid.Empty), CreatedAt = Noon, UpdatedAt = Noon,
                Facts = new PaymentFacts(PaymentPhase.Succeeded, 10_000, 0), RefundReserved = both.reserved,
                Contested = After(both.reports),
            };
            return payment.Refundable >= 0 && payment.Disputed + payment.ChargedBack + both.reserved + payment.Refundable
                >= payment.Facts.Captured && (payment.Refundable == 0
                || payment.Disputed + payment.ChargedBack + both.reserved + payment.Refundable == payment.Facts.Captured);
        });

    private static IEnumerable<Dispute> Last(IEnumerable<Dispute> reports) =>
        reports.GroupBy(report => report.Key).Select(of => of.Aggregate(Dispute.Later));

    /// <summary>As it is kept with the payment: by what each report changes.</summary>
    private static Contested After(IEnumerable<Dispute> reports)
    {
        var (known, sum) = (new Dictionary<DisputeKey, Dispute>(), default(Contested));
        foreach (var report in reports)
        {
            var before = known.GetValueOrDefault(report.Key);
            var after = known[report.Key] = before is null ? report : Dispute.Later(before, report);
            sum = sum - Contested.By(before) + Contested.By(after);
        }

        return sum;
    }

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) => Prop.ForAll(gen.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
