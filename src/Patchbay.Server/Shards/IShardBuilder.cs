using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Server.Shards;

/// <summary>Knows which further shards there are, and what a hub consists of.</summary>
public interface IShardBuilder
{
    /// <summary>Without the main one.</summary>
    IEnumerable<string> Names { get; }

    void Add(IServiceCollection services, string shard);
}
