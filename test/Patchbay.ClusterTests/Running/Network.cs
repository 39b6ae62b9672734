using System.Globalization;

namespace Patchbay.ClusterTests.Running;

/// <summary>The network a node can be cut off from.</summary>
internal enum Leg
{
    /// <summary>Where PostgreSQL is.</summary>
    Data,

    /// <summary>Where the providers are.</summary>
    Providers,

    /// <summary>Where the load balancer is.</summary>
    Callers,
}

/// <summary>
/// Each node in a network namespace of its own, with a cable to each of three switches: the database's, the providers' and the callers'.
/// Where namespaces are not allowed everything is on the machine's own address, and nothing can be cut.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private const string Prefix = "pbct";

    private readonly int _run = Environment.ProcessId;
    private readonly int _nodes;

    private Network(bool isReal, int nodes) => (IsReal, _nodes) = (isReal, nodes);

    /// <summary>Whether cables can be cut.</summary>
    public bool IsReal { get; }

    /// <summary>Why they cannot.</summary>
    public static string WhyNot => "Cutting a node off needs root and network namespaces (iproute2): run it as root.";

    /// <summary>Everything on the machine's own address.</summary>
    public static Network None { get; } = new(false, 0);

    public static async Task<Network> CreateAsync(int nodes)
    {
        if (Environment.UserName != "root" || Shell.Find("ip") is null)
            return new Network(false, nodes);
        await RemoveLeftoversAsync();
        var network = new Network(true, nodes);
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch (InvalidOperationException)
        {
            await network.DisposeAsync();
            return new Network(false, nodes);
        }
    }

    /// <summary>This machine's own address on one of the three.</summary>
    public string Host(Leg leg) => IsReal ? Address(leg, 1) : "127.0.0.1";

    /// <summary>Where node 0, 1 or 2 of a cluster listens; null: it takes a free port of the machine.</summary>
    public Uri? Listens(int node, int port) => IsReal ? new Uri($"http://{Address(Leg.Callers, 11 + node)}:{port}/") : null;

    /// <summary>The command that enters the namespace of node 0, 1 or 2 and becomes what follows.</summary>
    public string[] Launcher(int node) => IsReal ? [Shell.Find("ip")!, "netns", "exec", Namespace(node)] : [];

    /// <summary>Nothing gets through any more, and neither end is told: packets are lost on the way.</summary>
    public Task CutAsync(int node, Leg leg) => Shell.RunAsync("ip", "link", "set", Cable(node, leg), "nomaster");

    public Task MendAsync(int node, Leg leg) => Shell.RunAsync("ip", "link", "set", Cable(node, leg), "master", Switch(leg));

    public async ValueTask DisposeAsync()
    {
        if (IsReal)
            await RemoveAsync(_run);
    }

    /// <summary>What a run left behind that was killed: its namespaces, switches and the processes in them.</summary>
    private static async Task RemoveLeftoversAsync()
    {
        var names = (await Shell.TryAsync("ip", "netns", "list")).Output.Split('\n')
            .Concat((await Shell.TryAsync("ip", "-o", "link", "show", "type", "bridge")).Output.Split('\n')
                .Select(line => line.Split(':').ElementAtOrDefault(1)?.Trim() ?? ""));
        var runs = names.Select(RunOf).OfType<int>().Distinct().Where(run => !Directory.Exists($"/proc/{run}"));
        foreach (var run in runs)
            await RemoveAsync(run);
    }

    private static async Task RemoveAsync(int run)
    {
        var namespaces = (await Shell.TryAsync("ip", "netns", "list")).Output.Split('\n').Select(line => line.Split(' ')[0])
            .Where(name => RunOf(name) == run);
        foreach (var name in namespaces)
        {
            foreach (var process in (await Shell.TryAsync("ip", "netns", "pids", name)).Output.Split(
                '\n', StringSplitOptions.RemoveEmptyEntries))
                await Shell.TryAsync("kill", "-KILL", process);
            await Shell.TryAsync("ip", "netns", "delete", name);
        }

        foreach (var leg in Enum.GetValues<Leg>())
            await Shell.TryAsync("ip", "link", "delete", Switch(run, leg));
    }

    /// <summary>Names are the prefix, a letter and the process that made them.</summary>
    private static int? RunOf(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Length < Prefix.Length + 2)
            return null;
        var digits = name[(Prefix.Length + 1)..].Split('-', ' ')[0];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? run : null;
    }

    private async Task BuildAsync()
    {
        foreach (var leg in Enum.GetValues<Leg>())
        {
            await Shell.RunAsync("ip", "link", "add", Switch(leg), "type", "bridge");
            await Shell.RunAsync("ip", "address", "add", Address(leg, 1) + "/24", "dev", Switch(leg));
            await Shell.RunAsync("ip", "link", "set", Switch(leg), "up");
        }

        for (var node = 0; node < _nodes; node++)
        {
            await Shell.RunAsync("ip", "netns", "add", Namespace(node));
            await Shell.RunAsync("ip", "-n", Namespace(node), "link", "set", "lo", "up");
            foreach (var leg in Enum.GetValues<Leg>())
            {
                await Shell.RunAsync(
                    "ip", "link", "add", Cable(node, leg), "type", "veth", "peer", "name", Name(leg), "netns", Namespace(node));
                await Shell.RunAsync("ip", "-n", Namespace(node), "address", "add", Address(leg, 11 + node) + "/24", "dev", Name(leg));
                await Shell.RunAsync("ip", "-n", Namespace(node), "link", "set", Name(leg), "up");
                await Shell.RunAsync("ip", "link", "set", Cable(node, leg), "up");
                await MendAsync(node, leg);
            }
        }
    }

    private string Namespace(int node) => $"{Prefix}n{_run}-{node}";

    private string Cable(int node, Leg leg) => $"p{Letter(leg)}{_run % 10_000_000}-{node}";

    private string Switch(Leg leg) => Switch(_run, leg);

    private static string Switch(int run, Leg leg) => $"{Prefix}{Letter(leg)}{run}";

    private static string Name(Leg leg) => leg switch { Leg.Data => "data0", Leg.Providers => "out0", _ => "in0" };

    private static char Letter(Leg leg) => leg switch { Leg.Data => 'd', Leg.Providers => 'p', _ => 'c' };

    /// <summary>Two runs at the same time are unlikely to have the same numbers.</summary>
    private string Address(Leg leg, int host) => $"10.{200 + (int)leg}.{_run % 250}.{host}";
}
