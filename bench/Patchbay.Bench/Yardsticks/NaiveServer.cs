using System.Threading.Channels;
using Npgsql;

namespace Patchbay.Bench.Yardsticks;

/// <summary>The yardstick <c>naive</c>: the same steps, each a transaction of its own on a pooled connection.</summary>
internal sealed class NaiveServer : IYardstick
{
    private const int MaxCalls = 32;

    private readonly Channel<(Guid Id, byte[] Body)> _calling = Channel.CreateUnbounded<(Guid, byte[])>();
    private readonly NpgsqlDataSource _source;
    private int _open;

    public NaiveServer(NpgsqlDataSource source, ProviderCall call)
    {
        _source = source;
        for (var i = 0; i < MaxCalls; i++)
            _ = Task.Run(() => WorkAsync(call));
    }

    public int Open => Volatile.Read(ref _open);

    public async Task<Guid> AcceptAsync(string key, byte[] body)
    {
        var id = Ids.New();
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "INSERT INTO operations VALUES ($1, $2, $3, 'pending', NULL, now())", id, key, body);
        await transaction.CommitAsync();
        Interlocked.Increment(ref _open);
        _calling.Writer.TryWrite((id, body));
        return id;
    }

    private async Task WorkAsync(ProviderCall call)
    {
        await foreach (var (id, body) in _calling.Reader.ReadAllAsync())
        {
            await using (var connection = await _source.OpenConnectionAsync())
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                await ExecuteAsync(
                    connection, "UPDATE operations SET status = 'running', node = 'me', updated_at = now() WHERE id = $1", id);
                await transaction.CommitAsync();
            }

            var (status, response) = await call.MakeAsync(body);
            await using (var connection = await _source.OpenConnectionAsync())
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                await ExecuteAsync(connection, "INSERT INTO attempts VALUES ($1, 1, now(), $2, $3)", id, status, response);
                await ExecuteAsync(connection, "UPDATE operations SET status = 'done', node = NULL, updated_at = now() WHERE id = $1", id);
                await transaction.CommitAsync();
            }

            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
