using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>
/// Looks for a message whose answer was lost. Plivo never gives texts back, so recipient, time and the number of units have to agree;
/// the status callback, which carries the hub's id, stays the surer proof.
/// </summary>
/// <remarks>Source: https://docs.plivo.com/docs/messaging/api/message/list-all-messages.</remarks>
[Provider("plivo")]
internal sealed class PlivoMessageSearch(ProviderHttp http) : ILookUpMessage
{
    /// <summary>The most Plivo gives at once.</summary>
    private const int PageSize = 20;

    private const int MaxPages = 5;

    public bool GivesTexts => false;

    public async Task<Result<IReadOnlyList<MessageState>, ProviderFailure>> LookUpMessageAsync(
        MessageSearch search, Connection connection, CancellationToken cancellationToken)
    {
        var records = new List<PlivoRecord>();
        for (var page = 0; ; page++)
        {
            if (page == MaxPages)
                return MessageSearch.TooMany;
            using var message = PlivoMessage.Create(HttpMethod.Get, "Message/" + Query(search, page), connection);
            var read = await http.SendAsync(message, PlivoJson.Default.PlivoRecords, PlivoFailures.Classify, cancellationToken);
            if (!read.IsSuccess)
                return read.Error;
            records.AddRange(read.Value.Objects);
            if (read.Value.Meta.Next is null)
                break;
        }

        var units = search is { WhatsApp: false, Body: { } text } ? SmsText.Of(text).Segments : 0;
        return new(
            search.Candidates(records, PlivoMapping.CreatedAt, record => units > 0 && record.Units == units, PlivoMapping.FromRecord));
    }

    // The page does not say in which time zone message_time__gte is read, so a day more is asked for and compared here.
    private static string Query(MessageSearch search, int page)
    {
        var since = (search.Since.ToUniversalTime() - TimeSpan.FromDays(1)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var query = $"?message_direction=outbound&to_number={search.To.Digits}&message_time__gte={Uri.EscapeDataString(since)}"
            + $"&limit={PageSize}&offset={page * PageSize}";
        return search.From is { Length: > 0 } from ? $"{query}&from_number={Uri.EscapeDataString(PlivoMessage.Number(from))}" : query;
    }
}
