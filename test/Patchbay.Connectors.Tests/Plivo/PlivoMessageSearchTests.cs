using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Plivo;

namespace Patchbay.Connectors.Tests;

public sealed class PlivoMessageSearchTests
{
    private static readonly MessageSearch Search = new(false, PhoneNumber.Parse("+14155550123"), null, "Your order has shipped", Webhooks.Noon);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _plivo = FakeProvider.Plivo();

    [Fact]
    public async Task Recipient_time_and_units_have_to_agree()
    {
        _plivo.Answers(Page(
            null,
            Record("early", "2026-03-01 17:29:50+05:30", 1),
            Record("first", "2026-03-01 17:30:01.123456+05:30", 1),
            Record("second", "2026-03-01 17:30:09+05:30", 1),
            Record("longer", "2026-03-01 17:30:05+05:30", 2),
            Record("unknown", "yesterday", 1)));

        var result = await LookUpAsync(Search);

        Assert.Equal(
            "GET /v1/Account/MAMJY0ZTQ1YTRJNDG1NT/Message/?message_direction=outbound&to_number=14155550123"
            + "&message_time__gte=2026-02-28%2012%3A00&limit=20&offset=0",
            _plivo.Request.Line);
        Assert.Equal(["second", "first"], result.Select(found => found.ProviderReference));
    }

    [Fact]
    public async Task Further_pages_are_read()
    {
        _plivo.Answers(Page("/next", Record("first", "2026-03-01 12:00:01+00:00", 1))).Answers(Page(null, Record("second", "2026-03-01 12:00:02+00:00", 1)));

        Assert.Equal(2, (await LookUpAsync(Search with { From = "+14155550100" })).Count);
        Assert.EndsWith("&limit=20&offset=20&from_number=14155550100", _plivo.Requests[1].Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ж', 1)]
    [InlineData(71, 'ж', 2)]
    [InlineData(135, 'ж', 3)]
    public void Units_follow_alphabet_and_length(int length, char letter, int units) => Assert.Equal(units, PlivoUnits.Of(new string(letter, length)));

    private async Task<IReadOnlyList<MessageState>> LookUpAsync(MessageSearch search) =>
        (await new PlivoMessageSearch(_plivo.Http()).LookUpMessageAsync(search, Connections.Plivo(), _ct)).Value;

    private static string Page(string? next, params string[] records) =>
        $$"""{"meta":{"limit":20,"offset":0,"next":{{(next is null ? "null" : $"\"{next}\"")}},"total_count":1},"objects":[{{string.Join(',', records)}}]}""";

    private static string Record(string id, string time, int units) =>
        $$"""{"message_uuid":"{{id}}","message_state":"sent","units":{{units}},"to_number":"14155550123","message_time":"{{time}}","error_code":null}""";
}
