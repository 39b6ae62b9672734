using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Server.Shards;

/// <summary>Which shards there are beside the main one, and how one is put together.</summary>
/// <param name="Add">Adds a hub over the database of the shard of this name.</param>
public sealed record FurtherShards(IReadOnlyCollection<string> Names, Action<IServiceCollection, string> Add);
