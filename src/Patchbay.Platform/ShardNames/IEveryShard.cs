namespace Patchbay.Platform.ShardNames;

/// <summary>For what belongs to nobody yet, and has to look on all shards of this process.</summary>
public interface IEveryShard
{
    /// <summary>A service of each shard, the main one first; with one shard only, just this one's.</summary>
    IReadOnlyList<T> Each<T>()
        where T : notnull;
}

/// <summary>There is only one.</summary>
public sealed class OnlyShard(IServiceProvider services) : IEveryShard
{
    public IReadOnlyList<T> Each<T>()
        where T : notnull => [(T)services.GetService(typeof(T))!];
}
