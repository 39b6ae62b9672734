using System.Net;

namespace Patchbay.Hub.Tests.Events;

/// <summary>A server-sent event as it came.</summary>
internal sealed record Told(string Id, string Type, string Data);

/// <summary>Reads a stream of events as a browser does: it remembers the last id that it was told.</summary>
internal sealed class StreamClient(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>Null before the first.</summary>
    public string? LastId { get; private set; }

    /// <summary>How often it was told that there is nothing to tell.</summary>
    public int Heartbeats { get; private set; }

    public static async Task<StreamClient> OpenAsync(HttpClient api, string query, string? lastId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/stream{query}");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new StreamClient(response, new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken)));
    }

    /// <summary>So many events, or all until the stream ends.</summary>
    public async Task<List<Told>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var taken = new List<Told>();
        while (taken.Count < count && await NextAsync(patience.Token) is { } told)
            taken.Add(told);
        return taken;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private async Task<Told?> NextAsync(CancellationToken cancellationToken)
    {
        var (type, data, isHeartbeat) = ("", "", false);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.StartsWith(':'))
                isHeartbeat = true;
            else if (line.Length == 0 && data.Length > 0)
                return new Told(LastId!, type, data);
            else if (line.Length == 0 && isHeartbeat)
                (Heartbeats, isHeartbeat) = (Heartbeats + 1, false);
        }

        return null;
    }
}
