using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Patchbay.Platform.Access;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards;

/// <summary>Where a request belongs.</summary>
/// <param name="Shard">Null when no shard knows it.</param>
/// <param name="Uncertain">A shard that could not be asked may know it.</param>
internal readonly record struct ShardFound(Shard? Shard, bool Uncertain);

/// <summary>
/// Finds the shard of an API key or a public address by asking: a tenant lives where its row says that it is active, and no directory has
/// to agree. What was found is remembered, and asked again there first, which costs no query; what nobody knows is remembered for a second.
/// </summary>
internal sealed partial class ShardFinder(ShardSet shards, TimeProvider time, ILogger<ShardFinder> logger)
{
    private const int MaxRemembered = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AwayFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Shard> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Shard, long> _away = new();

    private enum Answer
    {
        Here,

        /// <summary>Here, but on its way elsewhere or from there.</summary>
        Moving,

        NotHere,

        /// <summary>The shard cannot be asked.</summary>
        Away,
    }

    public Shard Main => shards.Main;

    public ValueTask<ShardFound> OfKeyAsync(string? secret, CancellationToken cancellationToken) =>
        !ApiKeySecret.IsWellFormed(secret)
            ? ValueTask.FromResult(default(ShardFound))
            : FindAsync(
                Convert.ToHexString(ApiKeySecret.Hash(secret!)),
                async (shard, cancel) => (await shard.Get<ApiKeys>().FindAsync(secret!, cancel))?.TenantId, cancellationToken);

    public ValueTask<ShardFound> OfAddressAsync(ShardAddress address, HttpContext context) =>
        FindAsync(context.Request.Path, (shard, cancel) => address.Owner(shard.Services, context, cancel), context.RequestAborted);

    private async ValueTask<ShardFound> FindAsync(
        string name, Func<Shard, CancellationToken, ValueTask<TenantId?>> owner, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known) && await AskAsync(known, owner, cancellationToken) == Answer.Here)
            return new ShardFound(known, false);
        if (_unknown.TryGetValue(name, out var since) && time.GetElapsedTime(since) < UnknownFor)
            return default;
        return await AskAllAsync(name, owner, cancellationToken);
    }

    /// <summary>All at once: one that hangs must not keep the tenants of the others waiting.</summary>
    private async Task<ShardFound> AskAllAsync(
        string name, Func<Shard, CancellationToken, ValueTask<TenantId?>> owner, CancellationToken cancellationToken)
    {
        var asked = shards.All.Select(
            async shard => (Shard: shard, Answer: WasAway(shard) ? Answer.Away : await AskAsync(shard, owner, cancellationToken))).ToList();
        Shard? moving = null;
        var uncertain = false;
        while (asked.Count > 0)
        {
            var ended = await Task.WhenAny(asked);
            asked.Remove(ended);
            var (shard, answer) = await ended;
            if (answer == Answer.Here)
            {
                Remember(_known, name, shard);
                return new ShardFound(shard, false);
            }

            moving = answer == Answer.Moving ? shard : moving;
            uncertain |= answer == Answer.Away;
        }

        if (moving is null && !uncertain)
        {
            _known.TryRemove(name, out _);
            Remember(_unknown, name, time.GetTimestamp());
        }

        return new ShardFound(moving, uncertain);
    }

    /// <summary>Asked again once a second, so that unknown keys do not pile up before a database that hangs.</summary>
    private bool WasAway(Shard shard) => _away.TryGetValue(shard, out var since) && time.GetElapsedTime(since) < AwayFor;

    private async Task<Answer> AskAsync(
        Shard shard, Func<Shard, CancellationToken, ValueTask<TenantId?>> owner, CancellationToken cancellationToken)
    {
        try
        {
            var asking = owner(shard, cancellationToken);
            var tenant = asking.IsCompletedSuccessfully
                ? asking.Result : await asking.AsTask().WaitAsync(Patience, time, cancellationToken);
            return tenant is not { } found ? Answer.NotHere : shard.Get<TenantConfigs>().IsMoving(found) ? Answer.Moving : Answer.Here;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            LogAway(exception, shard.Name);
            _away[shard] = time.GetTimestamp();
            return Answer.Away;
        }
    }

    private static void Remember<T>(ConcurrentDictionary<string, T> memory, string name, T what)
    {
        if (memory.Count >= MaxRemembered)
            memory.Clear();
        memory[name] = what;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} does not answer")]
    private partial void LogAway(Exception exception, string shard);
}
