using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Engine;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Vault;

namespace Patchbay.Server.Shards;

/// <summary>One database with everything that works on it: services, caches, engine and loops of its own.</summary>
/// <param name="parts">What runs in the background, in the order in which it starts.</param>
public sealed class Shard(string name, IServiceProvider services, IReadOnlyList<IHostedService> parts)
{
    internal const string KeyFault = "the master key does not open what is stored: patchbay doctor says what to do";

    public const string NoRecords = "the database refuses the record of what was done; see the log";

    /// <summary>What was done may wait so long to be recorded before the database counts as refusing it.</summary>
    public static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _started;

    public string Name { get; } = name;

    public IServiceProvider Services { get; } = services;

    /// <summary>True while this node is confirmed on the shard: then its database answers.</summary>
    public bool IsUp => _started == parts.Count && Get<Membership>().IsConfirmed;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Null when it can take work, else what is wrong.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Get<MasterKeyProof>().CheckAsync(cancellationToken).WaitAsync(Patience, Get<TimeProvider>(), cancellationToken);
        }
        catch (MasterKeyException)
        {
            return KeyFault;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            return "the database does not answer";
        }

        return !IsUp ? "this node is not confirmed" : Get<DatabaseOutage>().LongestWait > RecordPatience ? NoRecords : null;
    }

    /// <summary>Starts what is not started yet; what fails is tried again by the next call.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ShardName.Current = Name;   // flows into everything that is started here
        while (_started < parts.Count)
        {
            await parts[_started].StartAsync(cancellationToken);
            _started++;
        }
    }

    /// <summary>In the reverse order.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        for (; _started > 0; _started--)
            await parts[_started - 1].StopAsync(cancellationToken);
    }
}
