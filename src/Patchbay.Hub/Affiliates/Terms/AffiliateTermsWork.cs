using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>A change of what deposits are measured by, with audit. It waits for deposits being recorded, and they for it.</summary>
internal abstract class AffiliateTermsWork(TenantId tenant, string actor, string action, string subject, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    protected DateTimeOffset Now => now;

    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, tenant, NeedMore);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var changed = Change(rows, rows.Find(AffiliateSettingsTable.Instance, tenant)!);
        if (!changed.IsSuccess)
            return changed.Error;
        AuditLog.Write(rows, tenant, actor, action, subject, changed.Value, now);
        return Reply.Ok(changed.Value);
    }

    protected virtual void NeedMore(LedgerNeeds needs)
    {
    }

    /// <summary>What it is then, as the API shows it.</summary>
    protected abstract Result<object, Error> Change(LedgerRows rows, AffiliateSettings settings);
}

/// <param name="amount">Null: the minimum goes.</param>
internal sealed class ChangeMinimum(FtdMinimumKey key, Money? amount, string actor, DateTimeOffset now)
    : AffiliateTermsWork(key.Tenant, actor, amount is null ? "ftd_minimum.delete" : "ftd_minimum.set", key.Country, now)
{
    protected override void NeedMore(LedgerNeeds needs) => needs.Row(FtdMinimumTable.Instance, key);

    protected override Result<object, Error> Change(LedgerRows rows, AffiliateSettings settings)
    {
        var before = rows.Find(FtdMinimumTable.Instance, key);
        if (amount is not { } minimum)
        {
            if (before is null)
                return Error.NotFound("minimum");
            rows.Delete(FtdMinimumTable.Instance, key);
            return FtdMinimumView.From(before, settings);
        }

        if (minimum.Currency != settings.ReportingCurrency)
            return Error.ChangedMeanwhile();
        var after = new FtdMinimum(key.Tenant, key.Country, minimum, Now);
        if (before is null)
            rows.Insert(FtdMinimumTable.Instance, after);
        else
            rows.Update(FtdMinimumTable.Instance, after);
        return FtdMinimumView.From(after, settings);
    }
}

/// <param name="rate">Null: the rate goes.</param>
internal sealed class ChangeRate(TenantId tenant, Currency currency, ExchangeRate? rate, string actor, DateTimeOffset now)
    : AffiliateTermsWork(tenant, actor, rate is null ? "affiliate_rate.delete" : "affiliate_rate.set", currency.Code, now)
{
    private readonly AffiliateRateKey _key = new(tenant, currency.Code);

    protected override void NeedMore(LedgerNeeds needs) => needs.Row(AffiliateRateTable.Instance, _key);

    protected override Result<object, Error> Change(LedgerRows rows, AffiliateSettings settings)
    {
        var before = rows.Find(AffiliateRateTable.Instance, _key);
        if (rate is not { } value)
        {
            if (before is null)
                return Error.NotFound("rate");
            rows.Delete(AffiliateRateTable.Instance, _key);
            return AffiliateRateView.From(before, settings);
        }

        if (currency == settings.ReportingCurrency)
            return AffiliateErrors.RateIsOne.With($"{currency} is the reporting currency: its rate is 1.");
        var after = new AffiliateRate(_key.Tenant, currency, settings.ReportingCurrency, value, Now);
        if (before is null)
            rows.Insert(AffiliateRateTable.Instance, after);
        else
            rows.Update(AffiliateRateTable.Instance, after);
        return AffiliateRateView.From(after, settings);
    }
}

internal sealed class ChangeReportingCurrency(TenantId tenant, Currency currency, string actor, DateTimeOffset now)
    : AffiliateTermsWork(tenant, actor, "affiliate_settings.set", "reporting_currency", now)
{
    protected override Result<object, Error> Change(LedgerRows rows, AffiliateSettings settings)
    {
        if (settings.IsFixed && currency != settings.ReportingCurrency)
            return AffiliateErrors.ReportingCurrencyFixed.With(
                $"Deposits are counted in {settings.ReportingCurrency} already; what was added up cannot be converted.");
        var after = settings with { ReportingCurrency = currency };
        rows.Update(AffiliateSettingsTable.Instance, after);
        return AffiliateSettingsView.From(after);
    }
}
