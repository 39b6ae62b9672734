using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Nodes;

/// <summary>A node that stopped in the middle of sending a batch has its locks taken away by another one.</summary>
public sealed class StalledSessionsTests(HubDatabases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("patchbay" + PostgreSqlDatabase.LedgerSuffix, true)]
    [InlineData("psql", false)]   // other people's sessions are none of its business
    public async Task Half_a_batch_keeps_nobody_waiting_for_longer_than_an_idle_transaction_may(string application, bool isEnded)
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var shared = Database.Open($"{database.Setting};Options=-c idle_in_transaction_session_timeout=1s");
        await using var node = await TestNode.StartAsync(shared, TimeProvider.System);
        var delivery = await node.InsertAsync(ADelivery.On(ADelivery.NewLane()) with { Status = DeliveryStatus.Exhausted, DueAt = null });

        using var stalled = new TcpClient();
        await SendHalfAsync(
            stalled, database.Setting, application, $"UPDATE deliveries SET reason = 'half' WHERE id = '{delivery.Id.Value}'");
        var waiting = shared.ExecuteAsync("UPDATE deliveries SET reason = 'whole' WHERE id = @Id", new { delivery.Id }, _ct);
        await Task.WhenAny(waiting, Task.Delay(isEnded ? Patience : TimeSpan.FromSeconds(2), TimeProvider.System, _ct));

        Assert.Equal(isEnded, waiting.IsCompletedSuccessfully);
        stalled.Close();
        await waiting.WaitAsync(Patience, _ct);
    }

    /// <summary>
    /// Begins a transaction and has one statement of a batch carried out; no other follows. Npgsql never stops there by itself.
    /// </summary>
    private async Task SendHalfAsync(TcpClient connection, string setting, string application, string sql)
    {
        var server = new NpgsqlConnectionStringBuilder(setting);
        await connection.ConnectAsync(server.Host!, server.Port, _ct);
        var stream = connection.GetStream();
        await stream.WriteAsync(
            Message(null, [0, 3, 0, 0], $"user\0{server.Username}\0database\0{server.Database}\0application_name\0{application}\0\0"), _ct);
        await UntilAsync(stream, 'Z');   // ready
        await stream.WriteAsync(Message('Q', [], "BEGIN\0"), _ct);
        await UntilAsync(stream, 'Z');
        byte[] batch =
        [
            .. Message('P', [], $"\0{sql}\0\0\0"), .. Message('B', [], "\0\0\0\0\0\0\0\0"), .. Message('E', [], "\0\0\0\0\0"),
            .. Message('H', [], ""),
        ];
        await stream.WriteAsync(batch, _ct);
        await UntilAsync(stream, 'C');   // carried out
    }

    private static byte[] Message(char? type, byte[] head, string text)
    {
        byte[] body = [.. head, .. Encoding.ASCII.GetBytes(text)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 4 + body.Length);
        return type is { } letter ? [(byte)letter, .. length, .. body] : [.. length, .. body];
    }

    /// <summary>Reads the server's messages up to one of this type.</summary>
    private async Task UntilAsync(NetworkStream stream, char type)
    {
        var head = new byte[5];
        do
        {
            await stream.ReadExactlyAsync(head, _ct).AsTask().WaitAsync(Patience, _ct);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
            await stream.ReadExactlyAsync(body, _ct);
            Assert.False(head[0] == 'E', Encoding.ASCII.GetString(body));
        }
        while (head[0] != type);
    }
}
