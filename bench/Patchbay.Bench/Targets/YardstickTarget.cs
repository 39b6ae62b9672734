using System.Globalization;
using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;

namespace Patchbay.Bench.Targets;

/// <summary>A yardstick in a process of its own.</summary>
internal sealed class YardstickTarget : Target
{
    private readonly HttpClient _http;

    private YardstickTarget(string name, ServerProcess server, int database)
        : base(name, server, database) => _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };

    public static async Task<YardstickTarget> StartAsync(
        string name, BenchPostgres postgres, Sink sink, string folder, CancellationToken cancellationToken)
    {
        var database = await postgres.CreateDatabaseAsync("bench_" + name, cancellationToken);
        var server = new ServerProcess(
            Path.Combine(folder, name + ".log"), "Patchbay.Bench.dll", new Dictionary<string, string>(),
            port => [name, database, port.ToString(CultureInfo.InvariantCulture), $"http://127.0.0.1:{sink.Port}/"]);
        await server.ReadyAsync("readyz", cancellationToken);
        return new YardstickTarget(name, server, postgres.Process);
    }

    protected override byte[] Request(string run, int number) => Operation.Request("/", "none", run, number, Operation.ShopOf(number));

    protected override async Task<long> OpenAsync(CancellationToken cancellationToken) =>
        long.Parse(await _http.GetStringAsync("open", cancellationToken), CultureInfo.InvariantCulture);
}
