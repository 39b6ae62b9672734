using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Patchbay.Bench.Load;

/// <summary>
/// Plays the provider: takes every message at once, and notes when each operation first reached it. Accounts of its choice answer otherwise.
/// </summary>
internal sealed class Sink : IDisposable
{
    private static readonly byte[] Account = Answer("200 OK", """{"sid":"AC","friendly_name":"Bench","status":"active"}""");
    private static readonly byte[] NothingFound = Answer("200 OK", """{"messages":[],"next_page_uri":null}""");

    private readonly RawServer _server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _hanging = new();
    private readonly ConcurrentDictionary<string, Func<HttpWire, byte[], CancellationToken, Task>> _manners = new();
    private long[] _arrivals = [];
    private int _calls;
    private int _sids;

    public Sink() => _server = new RawServer(ServeAsync);

    public int Port => _server.Port;

    /// <summary>Operations that reached it since <see cref="Expect"/>, each counted once.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Begins a new run of operations, numbered from zero.</summary>
    public void Expect(int operations)
    {
        _arrivals = new long[operations];
        Volatile.Write(ref _calls, 0);
    }

    /// <summary>Timestamp of the first arrival; 0 when it has not come.</summary>
    public long ArrivalOf(int number) => Volatile.Read(ref _arrivals[number]);

    /// <summary>Calls for this account are taken and not answered until it is let go.</summary>
    public void Hang(string account) => _hanging[account] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="answer">Sends what it is given as an answer, in its own way.</param>
    public void Behave(string account, Func<HttpWire, byte[], CancellationToken, Task> answer) => _manners[account] = answer;

    public void LetGo(string account)
    {
        if (_hanging.TryRemove(account, out var hanging))
            hanging.SetResult();
    }

    public void Dispose() => _server.Dispose();

    private async Task ServeAsync(HttpWire wire, CancellationToken stop)
    {
        while (await wire.ReceiveAsync(stop) is var (head, body))
        {
            if (head.Span.StartsWith("GET"u8))
            {
                await wire.SendAsync(head.Span.IndexOf("/Messages.json"u8) >= 0 ? NothingFound : Account, stop);
                continue;
            }

            Note(Operation.NumberIn(body.Span));
            foreach (var (account, letGo) in _hanging)
            {
                if (head.Span.IndexOf(Encoding.ASCII.GetBytes(account)) >= 0)
                    await letGo.Task.WaitAsync(stop);
            }

            var manner = _manners.FirstOrDefault(manner => head.Span.IndexOf(Encoding.ASCII.GetBytes(manner.Key)) >= 0).Value;
            if (manner is null)
                await wire.SendAsync(Taken(), stop);
            else
                await manner(wire, Taken(), stop);
        }
    }

    private void Note(int number)
    {
        var arrivals = _arrivals;
        if (number >= 0 && number < arrivals.Length && Interlocked.CompareExchange(ref arrivals[number], Stopwatch.GetTimestamp(), 0) == 0)
            Interlocked.Increment(ref _calls);
    }

    private byte[] Taken() => Answer(
        "201 Created",
        $$"""{"sid":"SM{{Interlocked.Increment(ref _sids):x32}}","status":"queued","num_segments":"1","error_code":null,"error_message":null,"date_created":"Thu, 01 Jan 2026 00:00:00 +0000"}""");

    private static byte[] Answer(string status, string body) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
