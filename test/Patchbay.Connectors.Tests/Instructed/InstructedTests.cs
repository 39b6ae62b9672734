using System.Text.Json.Nodes;
using Patchbay.Connectors.BankTransfer;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Instructed;

namespace Patchbay.Connectors.Tests.Instructed;

/// <summary>Providers that nobody calls: the payer is told what to do.</summary>
public sealed class InstructedTests
{
    /// <summary>From the EMV specification, 1.1, annex A.</summary>
    private const string Taxi =
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING"
        + "64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A011223344998877070812345678"
        + "6304A13A";

    /// <summary>Without amount and reference, as merchants hang it up.</summary>
    private const string Stand = "000201010211" + "26140010A000000001" + "52045999" + "5303388" + "5802JM5904SHOP6008KINGSTON" + "6304";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<string> Names =>
        [.. ProviderUnderTest.All.Where(one => one.Manifest.Settlement == ProviderSettlement.Manual).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_payer_is_told_where_to_send_what_with_a_reference_that_stays(string name)
    {
        var provider = ProviderUnderTest.Named(name);
        var (fake, connection) = (provider.Fake(), provider.Connect());
        var connector = (IInitiatePayment)provider.Make(typeof(IInitiatePayment), fake.Http());

        var first = (await connector.InitiatePaymentAsync(Request("pay_01"), connection, _ct)).Value;
        var again = (await connector.InitiatePaymentAsync(Request("pay_01"), connection, _ct)).Value;
        var other = (await connector.InitiatePaymentAsync(Request("pay_02"), connection, _ct)).Value;

        Assert.Equal((PaymentStatus.RequiresAction, "instructions"), (first.Status, first.NextAction!.Type));
        Assert.Equal(first.ProviderReference, again.ProviderReference);
        Assert.NotEqual(first.ProviderReference, other.ProviderReference);
        Assert.Matches("^[A-Z]{2}[2-9A-HJKMNP-TV-Z]{8}$", first.ProviderReference);
        var told = first.NextAction.Instructions!;
        Assert.Equal((first.ProviderReference, first.AskAt), (told.Reference, told.ExpiresAt));
        Assert.Contains(told.Lines, line => connection.Credentials().Contains(line.Value));
        Assert.All(told.Lines, line => Assert.NotEmpty(line.Value));
        Assert.Empty(fake.Requests);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_waited_for_until_the_deadline_and_longer_once_the_payer_says_that_they_paid(string name)
    {
        var provider = ProviderUnderTest.Named(name);
        var connection = provider.Connect();
        var started = (await ((IInitiatePayment)provider.Make(typeof(IInitiatePayment), provider.Fake().Http()))
            .InitiatePaymentAsync(Request("pay_01"), connection, _ct)).Value;
        var after = started.AskAt!.Value.AddSeconds(1);

        Assert.Equal((PaymentStatus.RequiresAction, started.AskAt), await AskAsync(started.ProviderData, null));
        Assert.Equal((PaymentStatus.Expired, null), await AskAsync(started.ProviderData, after));
        Assert.Equal(
            (PaymentStatus.Processing, null),
            await AskAsync(new Dictionary<string, string>(started.ProviderData) { [PayerInstructions.ClaimedAt] = "now" }, after));

        async Task<(PaymentStatus, DateTimeOffset?)> AskAsync(IReadOnlyDictionary<string, string> data, DateTimeOffset? at)
        {
            var http = at is { } moment ? provider.Fake().Http(at: moment) : provider.Fake().Http();
            var connector = (IVerifyPayment)provider.Make(typeof(IVerifyPayment), http);
            var state = await connector.VerifyPaymentAsync(
                new PaymentHandle("pay_01", started.ProviderReference, data, Request("pay_01").Amount), connection, _ct);
            return (state.Value.Status, state.Value.AskAt);
        }
    }

    [Theory]
    [InlineData("iban", "DE89370400440532013001", "check digits")]
    [InlineData("iban", null, "Enter an IBAN or an account number")]
    [InlineData("emv_qr", "00020163040000", "checksum")]
    public async Task What_can_be_seen_to_be_wrong_with_an_account_is_said(string field, string? value, string why)
    {
        var provider = ProviderUnderTest.Named("bank_transfer");
        var connector = (IVerifyCredentials)provider.Make(typeof(IVerifyCredentials), provider.Fake().Http());

        var right = await connector.VerifyCredentialsAsync(provider.Connect(), _ct);
        var wrong = await connector.VerifyCredentialsAsync(provider.Connect(changes: new JsonObject { [field] = value }), _ct);

        Assert.Equal("Example Shop GmbH", right.Value.Account);
        Assert.Equal(FailureCause.Authentication, wrong.Error!.Cause);
        Assert.Contains(why, wrong.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transfer_in_euro_has_the_code_that_banking_apps_read()
    {
        Assert.Equal(
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nExample Shop GmbH\nDE89370400440532013000\nEUR49.90\n\n\nBT7F3Q9XKD",
            EpcCode.Of("Example Shop GmbH", "DE89370400440532013000", "COBADEFFXXX", Of("49.90", "EUR"), "BT7F3Q9XKD"));
        Assert.Null(EpcCode.Of("Shop", "DE89370400440532013000", null, Of("49.90", "USD"), "BT7F3Q9XKD"));
        Assert.Null(EpcCode.Of("Shop", "DE89370400440532013000", null, Of("1000000000.00", "EUR"), "BT7F3Q9XKD"));
    }

    [Fact]
    public void A_merchants_own_code_becomes_that_of_one_payment()
    {
        var stand = Stand + EmvCode.Crc(Stand).ToString("X4", null);

        var code = EmvCode.Of(stand, Of("1500.00", "JMD"), "BT7F3Q9XKD")!;
        var fields = EmvCode.Read(code)!;

        Assert.Equal(0x29B1, EmvCode.Crc("123456789"));   // the check value of CRC-16/IBM-3740
        Assert.Equal("23.72", EmvCode.Read(Taxi)!["54"]);
        Assert.Equal(("12", "1500.00", "0510BT7F3Q9XKD", "SHOP"), (fields["01"], fields["54"], fields["62"], fields["59"]));
        Assert.Null(EmvCode.Of(stand, Of("15.00", "USD"), "BT7F3Q9XKD"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("6304")]
    [InlineData("not a code at all")]
    [InlineData("00020101021199")]
    public void What_is_no_such_code_is_none(string text)
    {
        Assert.Null(EmvCode.Read(text));
        Assert.Null(EmvCode.Read(text + "6304" + EmvCode.Crc(text + "6304").ToString("X4", null)));
    }

    [Theory]
    [InlineData("1000000.00", "JMD", "ACH")]
    [InlineData("1000000.01", "JMD", "RTGS")]
    [InlineData("5.00", "USD", "")]
    public void The_amount_says_which_way_a_transfer_takes_in_jamaica(string amount, string currency, string rail) =>
        Assert.StartsWith(rail, JamaicanRails.Of(Of(amount, currency)), StringComparison.Ordinal);

    private static PaymentRequest Request(string id) =>
        new(id, "dlv_01", Of("1500.00", "JMD"), "order-1", CaptureMethod.Automatic);

    private static Money Of(string amount, string currency) =>
        Money.TryFromMajor(decimal.Parse(amount, null), Currency.Parse(currency), out var money)
            ? money : throw new InvalidOperationException(amount);
}

internal static class ConnectionValues
{
    /// <summary>All that was entered, as texts.</summary>
    public static IReadOnlyList<string?> Credentials(this Connection connection) =>
        [connection.FindValue("lynk_handle"), connection.FindValue("account_number"), connection.FindValue("iban")];
}
