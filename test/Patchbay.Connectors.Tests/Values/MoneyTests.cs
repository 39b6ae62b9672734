using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Values;

public sealed class MoneyTests
{
    private static readonly Gen<Currency> Currencies = Gen.Elements("EUR", "JPY", "KWD", "USD", "ISK", "BHD", "CLP").Select(Currency.Parse);

    private static readonly Gen<Money> Amounts =
        from currency in Currencies
        from high in Gen.Choose(-1_000_000, 1_000_000)
        from low in Gen.Choose(0, 999_999)
        select new Money((high * 1_000_000L) + low, currency);

    [Fact]
    public void Every_amount_is_written_and_read_without_loss() => Check(Amounts, money =>
        Money.TryFromMajor(decimal.Parse(money.ToAmountString(), CultureInfo.InvariantCulture), money.Currency, out var read)
            && read == money);

    [Fact]
    public void An_amount_is_written_with_all_decimals_of_its_currency() => Check(Amounts, money =>
        money.ToAmountString() is var text
            && (money.Currency.Exponent == 0 ? !text.Contains('.') : text.Split('.')[1].Length == money.Currency.Exponent));

    [Fact]
    public void What_is_added_can_be_taken_away_again() => Check(
        from one in Amounts from other in Gen.Choose(-1_000_000, 1_000_000) select (one, other: new Money(other, one.Currency)),
        both => both.one + both.other - both.other == both.one && (both.one < both.other) == (both.one.MinorUnits < both.other.MinorUnits));

    [Fact]
    public void An_amount_with_more_decimals_than_the_currency_has_is_refused() => Check(
        from money in Amounts from digit in Gen.Choose(1, 9) select (money, digit),
        both => !Money.TryFromMajor(
            both.money.Amount + (both.digit / (decimal)both.money.Currency.MinorUnitsPerMajor / 10m), both.money.Currency, out _));

    [Theory]
    [InlineData("1.00", "JPY", true)]
    [InlineData("1.50", "JPY", false)]
    [InlineData("1.005", "KWD", true)]
    [InlineData("1.0050", "KWD", true)]
    [InlineData("1.0005", "KWD", false)]
    [InlineData("10000000000000.01", "EUR", false)]
    [InlineData("79228162514264337593543950335", "EUR", false)]
    public void Trailing_zeros_do_not_count_and_amounts_beyond_the_limit_are_refused(string amount, string currency, bool accepted) =>
        Assert.Equal(accepted, Money.TryFromMajor(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Parse(currency), out _));

    [Fact]
    public void Amounts_of_different_currencies_are_never_mixed()
    {
        var euros = new Money(100, Currency.Parse("EUR"));
        var yen = new Money(100, Currency.Parse("JPY"));

        Assert.Throws<InvalidOperationException>(() => euros + yen);
        Assert.Throws<InvalidOperationException>(() => euros < yen);
        Assert.NotEqual(euros, yen);
    }

    [Fact]
    public void A_secret_does_not_print()
    {
        var secret = new Secret("sk_live_very_secret");

        Assert.Equal("***", secret.ToString());
        Assert.Equal("key=***", $"key={secret}");
        Assert.Equal("charge: ***", Redaction.Excerpt("charge: sk_live_very_secret", [secret]));
    }

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) => Prop.ForAll(gen.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
