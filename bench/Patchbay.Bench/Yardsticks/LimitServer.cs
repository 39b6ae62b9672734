using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace Patchbay.Bench.Yardsticks;

/// <summary>
/// The yardstick <c>limit</c>: group commit and nothing else. One writer takes whatever waits and writes it with one statement for all
/// rows; operations go from memory to the provider; results are gathered the same way.
/// </summary>
internal sealed class LimitServer : IYardstick
{
    private const int MaxBatch = 500;
    private const int MaxCalls = 64;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(2);

    private const string Insert =
        "INSERT INTO operations SELECT id, key, body, 'pending', 'me', $4 FROM unnest($1, $2, $3) AS v (id, key, body)";
    private const string InsertAttempts =
        "INSERT INTO attempts SELECT id, 1, $4, status, response FROM unnest($1, $2, $3) AS v (id, status, response)";
    private const string Finish =
        "UPDATE operations AS t SET status = 'done', node = NULL, updated_at = $2 FROM unnest($1) AS v (id) WHERE t.id = v.id";

    private readonly Channel<Accepted> _accepting = Channel.CreateUnbounded<Accepted>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<Accepted> _calling = Channel.CreateUnbounded<Accepted>();
    private readonly Channel<Finished> _finishing = Channel.CreateUnbounded<Finished>(new UnboundedChannelOptions { SingleReader = true });
    private int _open;

    public LimitServer(NpgsqlDataSource source, ProviderCall call)
    {
        _ = Task.Run(() => WriteAsync(source, _accepting.Reader, InsertAsync, null));
        _ = Task.Run(() => WriteAsync(source, _finishing.Reader, FinishAsync, Gather));
        for (var i = 0; i < MaxCalls; i++)
            _ = Task.Run(() => CallAsync(call));
    }

    public int Open => Volatile.Read(ref _open);

    public Task<Guid> AcceptAsync(string key, byte[] body)
    {
        Interlocked.Increment(ref _open);
        var accepted = new Accepted(
            Ids.New(), key, body, new TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously));
        _accepting.Writer.TryWrite(accepted);
        return accepted.Done.Task;
    }

    private async Task CallAsync(ProviderCall call)
    {
        await foreach (var accepted in _calling.Reader.ReadAllAsync())
        {
            var (status, response) = await call.MakeAsync(accepted.Body);
            _finishing.Writer.TryWrite(new Finished(accepted.Id, status, response));
        }
    }

    private static async Task WriteAsync<T>(
        NpgsqlDataSource source, ChannelReader<T> waiting, Func<NpgsqlConnection, List<T>, Task> write, TimeSpan? gather)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var session =
            new NpgsqlCommand("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off", connection))
            await session.ExecuteNonQueryAsync();
        var batch = new List<T>(MaxBatch);
        while (await waiting.WaitToReadAsync())
        {
            if (gather is { } time)
                await Task.Delay(time, TimeProvider.System);
            batch.Clear();
            while (batch.Count < MaxBatch && waiting.TryRead(out var entry))
                batch.Add(entry);
            await write(connection, batch);
        }
    }

    private async Task InsertAsync(NpgsqlConnection connection, List<Accepted> batch)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        Add(command.Parameters, batch.ConvertAll(entry => entry.Id).ToArray(), NpgsqlDbType.Uuid);
        Add(command.Parameters, batch.ConvertAll(entry => entry.Key).ToArray(), NpgsqlDbType.Text);
        Add(command.Parameters, batch.ConvertAll(entry => entry.Body).ToArray(), NpgsqlDbType.Bytea);
        command.Parameters.Add(Now());
        await command.ExecuteNonQueryAsync();
        foreach (var entry in batch)
        {
            entry.Done.TrySetResult(entry.Id);
            _calling.Writer.TryWrite(entry);
        }
    }

    private async Task FinishAsync(NpgsqlConnection connection, List<Finished> batch)
    {
        batch.Sort((one, other) => one.Id.CompareTo(other.Id));
        var ids = batch.ConvertAll(entry => entry.Id).ToArray();
        var attempts = new NpgsqlBatchCommand(InsertAttempts);
        Add(attempts.Parameters, ids, NpgsqlDbType.Uuid);
        Add(attempts.Parameters, batch.ConvertAll(entry => entry.Status).ToArray(), NpgsqlDbType.Integer);
        Add(attempts.Parameters, batch.ConvertAll(entry => entry.Response).ToArray(), NpgsqlDbType.Text);
        attempts.Parameters.Add(Now());
        var finish = new NpgsqlBatchCommand(Finish);
        Add(finish.Parameters, ids, NpgsqlDbType.Uuid);
        finish.Parameters.Add(Now());
        await using var commands = new NpgsqlBatch(connection) { BatchCommands = { attempts, finish } };
        await commands.ExecuteNonQueryAsync();
        Interlocked.Add(ref _open, -batch.Count);
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, T[] values, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });

    private static NpgsqlParameter Now() => new NpgsqlParameter<DateTime> { TypedValue = TimeProvider.System.GetUtcNow().UtcDateTime };

    private sealed record Accepted(Guid Id, string Key, byte[] Body, TaskCompletionSource<Guid> Done);

    private sealed record Finished(Guid Id, int Status, string Response);
}
