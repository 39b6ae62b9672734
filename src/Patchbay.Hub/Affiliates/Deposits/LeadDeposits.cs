using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>
/// What deposits do to a lead: they are added up, and the one with which the sum reaches the minimum makes the lead a first-time depositor.
/// Pure, over rows that <see cref="LeadRows"/> has locked; the lead given is always the row as it is then.
/// </summary>
public sealed class LeadDeposits(LeadTeller teller, EventLog events)
{
    /// <summary>A new deposit. Without a rate it is kept and told, but does not count until <see cref="Count"/>.</summary>
    /// <param name="deposit">With the rate it came with, if any.</param>
    internal Deposit Record(LedgerRows rows, Lead lead, Deposit deposit, DateTimeOffset now)
    {
        var settings = SettingsOf(rows, lead.Key.Tenant);
        var counted = WithRate(rows, deposit, settings);
        rows.Insert(DepositTable.Instance, counted);
        Added(rows, lead, counted, counted.Amount, settings, now);
        return counted;
    }

    /// <summary>More of the same deposit has come than was known.</summary>
    internal Deposit Grow(LedgerRows rows, Lead lead, Deposit deposit, long amount, DateTimeOffset now)
    {
        var more = deposit.Amount with { MinorUnits = amount - deposit.Amount.MinorUnits };
        var grown = deposit with { Amount = deposit.Amount with { MinorUnits = amount }, UpdatedAt = now };
        rows.Update(DepositTable.Instance, grown);
        Added(rows, lead, grown, more, SettingsOf(rows, lead.Key.Tenant), now);
        return grown;
    }

    /// <summary>
    /// A deposit that waited for a rate counts from now on, if there is one by now. What was told of it is not told again.
    /// </summary>
    /// <returns>Whether it counts.</returns>
    internal bool Count(LedgerRows rows, Lead lead, Deposit deposit, DateTimeOffset now)
    {
        var settings = SettingsOf(rows, lead.Key.Tenant);
        var counted = WithRate(rows, deposit, settings);
        if (deposit.Rate is not null || counted.Rate is null)
            return false;
        rows.Update(DepositTable.Instance, counted with { UpdatedAt = now });
        Fix(rows, settings);
        Reached(rows, Write(rows, lead, counted.Counted, now), counted, counted.Net, settings, now);
        return true;
    }

    /// <summary>
    /// So much of a deposit was taken back by now, in minor units. A sum that has reached the minimum has reached it for good.
    /// </summary>
    internal Deposit Reverse(LedgerRows rows, Lead lead, Deposit deposit, long reversed, DateTimeOffset now)
    {
        var back = deposit.Amount with { MinorUnits = reversed - deposit.Reversed };
        var after = deposit with { Reversed = reversed, UpdatedAt = now };
        rows.Update(DepositTable.Instance, after);
        var less = Write(rows, lead, after.Counted - deposit.Counted, now);
        teller.Tell(rows, less, LeadEvents.DepositReversed, NewsOf(after, back, less, ReportingOf(after, rows)), now);
        return after;
    }

    /// <summary>Less was taken back than was believed: a provider has corrected itself. What came back is told as a deposit.</summary>
    /// <param name="reversed">What is still taken back, in minor units.</param>
    internal Deposit Restore(LedgerRows rows, Lead lead, Deposit deposit, long reversed, DateTimeOffset now)
    {
        var back = deposit.Amount with { MinorUnits = deposit.Reversed - reversed };
        var after = deposit with { Reversed = reversed, UpdatedAt = now };
        rows.Update(DepositTable.Instance, after);
        Added(rows, lead, after, back, SettingsOf(rows, lead.Key.Tenant), now);
        return after;
    }

    private void Added(LedgerRows rows, Lead lead, Deposit deposit, Money more, AffiliateSettings settings, DateTimeOffset now)
    {
        var after = Write(rows, lead, deposit.Rate is { } rate ? ExactAmount.Of(more, rate) : ExactAmount.Zero, now);
        teller.Tell(rows, after, LeadEvents.Deposit, NewsOf(deposit, more, after, settings.ReportingCurrency), now);
        if (deposit.Rate is null)
        {
            events.Publish(
                rows, lead.Key.Tenant, Alert.Raised, deposit.Id.ToString(),
                new Alert(
                    "affiliate_rate_missing",
                    $"A deposit in {deposit.Amount.Currency.Code} does not count until there is a rate to "
                    + $"{settings.ReportingCurrency.Code}: PUT /api/v1/affiliates/rates/{deposit.Amount.Currency.Code}.",
                    deposit.Id.ToString()),
                now);
            return;
        }

        Fix(rows, settings);
        Reached(rows, after, deposit, more, settings, now);
    }

    private void Reached(LedgerRows rows, Lead lead, Deposit deposit, Money more, AffiliateSettings settings, DateTimeOffset now)
    {
        if (lead.FtdAt is not null || LeadRows.MinimumOf(rows, lead, settings) is not { } minimum
            || lead.Deposited < ExactAmount.Of(minimum.Amount))
            return;
        teller.Tell(rows, lead, LeadEvents.Ftd, NewsOf(deposit, more, lead, settings.ReportingCurrency), now);
        rows.Update(LeadTable.Instance, lead with { FtdAt = now });
    }

    private static Lead Write(LedgerRows rows, Lead lead, ExactAmount more, DateTimeOffset now)
    {
        var after = lead with { Deposited = lead.Deposited + more, UpdatedAt = now };
        rows.Update(LeadTable.Instance, after);
        return after;
    }

    /// <summary>The rate it came with, or the one for its currency now; without one it stays as it is.</summary>
    private static Deposit WithRate(LedgerRows rows, Deposit deposit, AffiliateSettings settings)
    {
        var rate = deposit.Rate ?? (deposit.Amount.Currency == settings.ReportingCurrency ? ExchangeRate.One : StoredRate());
        return rate is null ? deposit : deposit with { Rate = rate, ReportingCurrency = settings.ReportingCurrency };

        ExchangeRate? StoredRate() =>
            rows.Find(AffiliateRateTable.Instance, new AffiliateRateKey(deposit.Key.Tenant, deposit.Amount.Currency.Code)) is { } stored
                && stored.ReportingCurrency == settings.ReportingCurrency
                ? stored.Rate
                : null;
    }

    private static void Fix(LedgerRows rows, AffiliateSettings settings)
    {
        if (!settings.IsFixed)
            rows.Update(AffiliateSettingsTable.Instance, settings with { IsFixed = true });
    }

    private static DepositNews NewsOf(Deposit deposit, Money amount, Lead lead, Currency reporting) => new(
        deposit.Key.Reference, amount.ToAmountString(), amount.Currency.Code, deposit.OccurredAt, deposit.Rate?.ToString(),
        deposit.Rate is { } rate ? ExactAmount.Of(amount, rate).ToAmountString(reporting) : null, reporting.Code,
        lead.Deposited.ToAmountString(reporting));

    private static Currency ReportingOf(Deposit deposit, LedgerRows rows) =>
        deposit.ReportingCurrency ?? SettingsOf(rows, deposit.Key.Tenant).ReportingCurrency;

    private static AffiliateSettings SettingsOf(LedgerRows rows, TenantId tenant) => rows.Find(AffiliateSettingsTable.Instance, tenant)!;
}
