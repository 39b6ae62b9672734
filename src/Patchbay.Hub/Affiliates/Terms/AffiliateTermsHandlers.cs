using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>Sets and reads what deposits are measured by: minimums, rates, the reporting currency.</summary>
public sealed class AffiliateTermsHandlers(Database database, AffiliateBook book, TimeProvider time)
{
    private const int MaxRows = 500;

    public async Task<Result<Operation, Error>> SetMinimumAsync(
        Caller caller, string country, SetFtdMinimumRequest request, CancellationToken cancellationToken)
    {
        if (!TryCountry(ref country))
            return Error.NotFound("country");
        await book.EnsureAsync(caller.Tenant, cancellationToken);
        var settings = await book.ReadAsync(caller.Tenant, cancellationToken);
        var faults = new Faults();
        faults.Require(
            request.Currency is null
                || string.Equals(request.Currency, settings.ReportingCurrency.Code, StringComparison.OrdinalIgnoreCase),
            "currency", $"must be the reporting currency, {settings.ReportingCurrency}");
        var amount = AmountInput.Read(request.Amount, settings.ReportingCurrency, "amount", faults);
        return faults.Any
            ? faults.ToError()
            : Change(new ChangeMinimum(new FtdMinimumKey(caller.Tenant, country), amount, caller.Actor, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> DeleteMinimumAsync(Caller caller, string country, CancellationToken cancellationToken) =>
        TryCountry(ref country) && await FindMinimumAsync(caller.Tenant, country, cancellationToken) is { } present
            ? Change(new ChangeMinimum(present.Key, null, caller.Actor, time.GetUtcNow()))
            : Error.NotFound("minimum");

    public Task<FtdMinimum?> FindMinimumAsync(TenantId tenant, string country, CancellationToken cancellationToken) =>
        database.FindAsync(FtdMinimumTable.Instance, new FtdMinimumKey(tenant, country.ToUpperInvariant()), cancellationToken);

    public Task<IReadOnlyList<FtdMinimum>> ListMinimumsAsync(TenantId tenant, CancellationToken cancellationToken) => database.QueryAsync(
        "SELECT * FROM affiliate_minimums WHERE tenant_id = @tenant ORDER BY country LIMIT @MaxRows", new { tenant, MaxRows },
        FtdMinimumTable.Instance.Read, cancellationToken);

    public async Task<Result<Operation, Error>> SetRateAsync(
        Caller caller, string code, SetRateRequest request, CancellationToken cancellationToken)
    {
        if (!Currency.TryParse(code, out var currency))
            return Error.NotFound("currency");
        var faults = new Faults();
        var rate = ExchangeRate.Read(request.Rate, "rate", faults);
        faults.Require(rate is not null || faults.Any, "rate", "is required");
        if (faults.Any)
            return faults.ToError();
        await book.EnsureAsync(caller.Tenant, cancellationToken);
        return Change(new ChangeRate(caller.Tenant, currency, rate, caller.Actor, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> DeleteRateAsync(Caller caller, string code, CancellationToken cancellationToken) =>
        await FindRateAsync(caller.Tenant, code, cancellationToken) is { } present
            ? Change(new ChangeRate(caller.Tenant, present.Currency, null, caller.Actor, time.GetUtcNow()))
            : Error.NotFound("rate");

    public Task<AffiliateRate?> FindRateAsync(TenantId tenant, string code, CancellationToken cancellationToken) =>
        database.FindAsync(AffiliateRateTable.Instance, new AffiliateRateKey(tenant, code.ToUpperInvariant()), cancellationToken);

    public Task<IReadOnlyList<AffiliateRate>> ListRatesAsync(TenantId tenant, CancellationToken cancellationToken) => database.QueryAsync(
        "SELECT * FROM affiliate_rates WHERE tenant_id = @tenant ORDER BY currency LIMIT @MaxRows", new { tenant, MaxRows },
        AffiliateRateTable.Instance.Read, cancellationToken);

    public async Task<Result<Operation, Error>> SetSettingsAsync(
        Caller caller, SetAffiliateSettingsRequest request, CancellationToken cancellationToken)
    {
        if (!Currency.TryParse(request.ReportingCurrency, out var currency))
            return Error.Invalid("reporting_currency", "must be an ISO 4217 code");
        await book.EnsureAsync(caller.Tenant, cancellationToken);
        return Change(new ChangeReportingCurrency(caller.Tenant, currency, caller.Actor, time.GetUtcNow()));
    }

    private static Operation Change(AffiliateTermsWork work) => new(work);

    private static bool TryCountry(ref string country)
    {
        country = country.ToUpperInvariant();
        return country == FtdMinimum.Everywhere || CountryCode.IsKnown(country);
    }
}
