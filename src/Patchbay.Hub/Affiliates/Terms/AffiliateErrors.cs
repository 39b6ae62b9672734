using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>What is refused about leads, deposits and portals.</summary>
internal static class AffiliateErrors
{
    public static readonly ErrorCode HasEndpoint = new(409, "affiliate_has_endpoint", "an affiliate has one endpoint");
    public static readonly ErrorCode BatchOvertaken = new(
        409, "batch_overtaken", "later batches have been made; nothing is sent out of order");
    public static readonly ErrorCode LeadExists = new(409, "lead_exists", "the lead is registered with another customer or country");
    public static readonly ErrorCode CustomerHasLead = new(409, "customer_has_lead", "the customer is another lead, and stays it");
    public static readonly ErrorCode LeadHasCustomer = new(409, "lead_has_customer", "the lead is another customer, and stays it");
    public static readonly ErrorCode DepositExists = new(409, "deposit_exists", "another deposit has this reference");
    public static readonly ErrorCode ReportingCurrencyFixed = new(
        409, "reporting_currency_fixed", "deposits were counted in the present one");
    public static readonly ErrorCode LeadUnknown = new(422, "lead_unknown", "register the lead first");
    public static readonly ErrorCode ReversalExceedsDeposit = new(422, "reversal_exceeds_deposit", "more than is left of the deposit");
    public static readonly ErrorCode RateIsOne = new(422, "rate_is_one", "the reporting currency needs no rate");
    public static readonly ErrorCode NotUtf8 = new(422, "not_utf8", "the file of leads is not UTF-8");
    public static readonly ErrorCode TooManyRows = new(422, "too_many_rows", "the file of leads has more than 50,000 rows");
}
