using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Values;

public sealed class RedactionTests
{
    /// <summary>Numbers for tests, as the schemes and gateways publish them: one of each scheme and length.</summary>
    public static TheoryData<string> Cards =>
    [
        "4111111111111111", "4222222222222", "4000056655665556", "4917610000000000003", "5555555555554444", "5105105105105100",
        "2223003122003222", "2720990000000007", "378282246310005", "341111111111111", "6011111111111117", "6445644564456445",
        "3530111333300000", "3566002020360505", "30569309025904", "36227206271667", "38520000023237", "6200000000000005",
        "6759649826438453", "5018000000000009", "6304000000000000", "2200000000000004", "6521111111111110", "8171999900000018",
        "9792020000000001", "135410014004955",
    ];

    public static TheoryData<string> Spellings =>
    [
        "4111 1111 1111 1111", "4111-1111-1111-1111", "4111+1111+1111+1111", "4111%201111%201111%201111", "4111%2D1111%2d1111%2D1111",
        "4111%2B1111%2B1111%2B1111", "4111.1111.1111.1111", "4111\u00A01111\u00A01111\u00A01111", "4111 - 1111 - 1111 - 1111",
        "4111\\u00a01111\\u00a01111\\u00a01111", "3782 822463 10005", "3782-822463-10005", "３７８２８２２４６３１０００５",
        "4111111111111111", "41111111 11111111", "4111\t1111\t1111\t1111",
    ];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_number_of_any_scheme_is_blanked_out(string number) =>
        Assert.Equal("paid by *** today", Redaction.Excerpt($"paid by {number} today", []));

    [Theory]
    [MemberData(nameof(Spellings))]
    public void However_it_is_written(string number) =>
        Assert.Equal("paid by *** today", Redaction.Excerpt($"paid by {number} today", []));

    [Theory]
    [InlineData("""{"pan":"4111111111111111","name":"Ann"}""", """{"pan":"***","name":"Ann"}""")]
    [InlineData("""{"note":"first\n4111 1111 1111 1111\nlast"}""", """{"note":"first\n***\nlast"}""")]
    [InlineData("number=4111+1111+1111+1111&exp=12", "number=***&exp=12")]
    [InlineData("data=%7B%22pan%22%3A%224111111111111111%22%7D", "data=%7B%22pan%22%3A%22***%22%7D")]
    [InlineData("GET /cards/4111111111111111/x?pan=4111-1111-1111-1111", "GET /cards/***/x?pan=***")]
    [InlineData("card_4111111111111111", "card_***")]
    [InlineData("12 4111 1111 1111 1111 345", "12 *** 345")]
    [InlineData("+4111111111111111", "+***")]
    [InlineData("POST /x\nclient_secret=hush&amount=1", "POST /x\nclient_secret=***&amount=1")]
    [InlineData("a=1&card%5Bcvc%5D=123&card[cvc]=123", "a=1&card%5Bcvc%5D=***&card[cvc]=***")]
    [InlineData("Response=%7B%22SpiToken%22%3A%22hu.sh%22%2C%22a%22%3A1%7D", "Response=%7B%22SpiToken%22%3A%22***%22%2C%22a%22%3A1%7D")]
    [InlineData("""{"page":"<html>a=\"hush\"</html>","b":"a < b"}""", """{"page":"***","b":"a < b"}""")]
    [InlineData("{\"page\" : \"\\u003Cform action=\\u0022hush", "{\"page\" : \"***\"")]
    [InlineData("""{"cvc":123,"cvv2" : "456","amount":789}""", """{"cvc":"***","cvv2" : "***","amount":789}""")]
    public void Wherever_it_stands(string text, string redacted) => Assert.Equal(redacted, Redaction.Excerpt(text, []));

    [Theory]
    [InlineData("4111111111111112")]   // no check digit
    [InlineData("+14155550123")]
    [InlineData("+442071838753")]
    [InlineData("1764412468123")]   // a moment
    [InlineData("41111111111111111111111")]   // too long
    [InlineData("pi_3MtwBwLkdIwHu7ix28a3tqPa")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("2026-11-29T10:28:11.123Z")]
    public void What_is_no_card_number_stays(string text) => Assert.Equal(text, Redaction.Excerpt(text, []));

    [Theory]
    [InlineData("s3cret+with/signs=")]
    [InlineData("with \"quotes\" and spaces")]
    public async Task A_secret_is_found_in_json_and_in_forms_too(string value)
    {
        var secret = new Secret(value);
        using var content = new FormUrlEncodedContent([new("key", value)]);
        var form = await content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("""{"key":"***"}""", Redaction.Excerpt(JsonSerializer.Serialize(new { key = value }), [secret]));
        Assert.Equal("key=***", Redaction.Excerpt(form, [secret]));
        Assert.Equal("key=***", Redaction.Excerpt(Lower(form), [secret]));

        static string Lower(string text) => System.Text.RegularExpressions.Regex.Replace(
            text, "%[0-9A-F]{2}", match => match.Value.ToLowerInvariant(), default, TimeSpan.FromSeconds(1));
    }
}
