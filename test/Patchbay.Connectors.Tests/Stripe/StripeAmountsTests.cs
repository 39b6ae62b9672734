using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;

namespace Patchbay.Connectors.Tests;

public sealed class StripeAmountsTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(5000);

    private static readonly Currency[] Currencies = All().ToArray();

    [Theory]
    [InlineData("EUR", 1250, 1250)]
    [InlineData("HUF", 125_000, 125_000)]
    [InlineData("JPY", 500, 500)]
    [InlineData("ISK", 5, 500)]
    [InlineData("UGX", 1200, 120_000)]
    [InlineData("MGA", 500_00, 500)]
    [InlineData("KWD", 12_340, 12_340)]
    public void Amounts_go_in_Stripes_smallest_unit(string code, long minor, long wire)
    {
        var money = new Money(minor, Currency.Parse(code));

        Assert.True(StripeAmounts.TryToWire(money, out var sent));
        Assert.Equal(wire, sent);
        Assert.True(StripeAmounts.TryFromWire(wire, money.Currency, out var back));
        Assert.Equal(money, back);
    }

    [Theory]
    [InlineData("MGA", 500_50)]
    [InlineData("KWD", 12_345)]
    [InlineData("TND", 1)]
    public void Amounts_Stripe_has_no_word_for_are_refused(string code, long minor) =>
        Assert.False(StripeAmounts.TryToWire(new Money(minor, Currency.Parse(code)), out _));

    [Theory]
    [InlineData("HUF", 125_000, true)]
    [InlineData("HUF", 125_050, false)]
    [InlineData("TWD", 30_000, true)]
    [InlineData("TWD", 30_001, false)]
    [InlineData("JPY", 501, true)]
    [InlineData("UGX", 1, true)]
    [InlineData("MGA", 500_50, false)]
    [InlineData("KWD", 12_345, false)]
    public void What_is_paid_out_is_whole_where_Stripe_pays_only_that(string code, long minor, bool goes) =>
        Assert.Equal(goes, StripeAmounts.TryToPayout(new Money(minor, Currency.Parse(code)), out _));

    [Theory]
    [InlineData("ISK", 501)]
    [InlineData("EUR", long.MaxValue)]
    [InlineData("MGA", long.MaxValue)]
    [InlineData("UGX", long.MinValue)]
    public void Numbers_that_are_no_amount_are_refused(string code, long wire) =>
        Assert.False(StripeAmounts.TryFromWire(wire, Currency.Parse(code), out _));

    [Fact]
    public void Every_representable_amount_of_every_currency_comes_back_as_it_went() =>
        Prop.ForAll(Amounts(), money => !StripeAmounts.TryToWire(money, out var wire)
            || (StripeAmounts.TryFromWire(wire, money.Currency, out var back) && back == money)).Check(Thorough);

    [Fact]
    public void Only_fractions_that_Stripe_lacks_are_not_representable() =>
        Prop.ForAll(Amounts(), money => StripeAmounts.TryToWire(money, out _)
            == (money.Currency.Code == "MGA" ? money.MinorUnits % 100 == 0 : money.Currency.Exponent < 3 || money.MinorUnits % 10 == 0))
        .Check(Thorough);

    [Fact]
    public void The_list_of_currencies_under_test_is_complete() => Assert.True(Currencies.Length > 150);

    private static Arbitrary<Money> Amounts()
    {
        var small = Gen.Choose(0, 1_000_000).Select(number => (long)number);
        var large = from high in Gen.Choose(0, 999_999) from low in Gen.Choose(0, 999_999_999) select (high * 1_000_000_000L) + low;
        var amounts = from currency in Gen.Elements(Currencies)
                      from minor in Gen.OneOf(small, large, Gen.Constant(Money.MaxMinorUnits))
                      select new Money(minor, currency);
        return amounts.ToArbitrary();
    }

    private static IEnumerable<Currency> All()
    {
        for (var first = 'A'; first <= 'Z'; first++)
        {
            for (var second = 'A'; second <= 'Z'; second++)
            {
                for (var third = 'A'; third <= 'Z'; third++)
                {
                    if (Currency.TryParse($"{first}{second}{third}", out var currency))
                        yield return currency;
                }
            }
        }
    }
}
