using System.Collections.Concurrent;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>Carries out changing requests: idempotency, commit, start, wait.</summary>
public sealed class OperationRunner(Ledger ledger, DeliveryEngine engine, TenantConfigs configs, TimeProvider time)
{
    private const int MaxTries = 3;

    private readonly ConcurrentDictionary<IdempotencyKey, byte> _running = new();

    /// <param name="body">The request's raw body.</param>
    /// <param name="prepare">Validates and prepares.</param>
    public async Task<StoredReply> RunAsync(
        ApiRequest request, byte[] body, Func<CancellationToken, Task<Result<Operation, Error>>> prepare,
        CancellationToken cancellationToken)
    {
        var running = request.Operation;
        if (running is { } key && !_running.TryAdd(key, 0))
        {
            return request.Refuse(
                OperationErrors.InProgress.With("A request with this Idempotency-Key is being carried out; repeat it after Retry-After.")
                with { RetryAfter = TimeSpan.FromSeconds(1) });
        }

        try
        {
            for (var tries = 1; ; tries++)
            {
                var prepared = await prepare(cancellationToken);
                if (prepared.Error is { Status: 401 or 403 })
                    return request.Refuse(prepared.Error);   // what this caller may not do it may not see done either: no replay
                var operation = prepared.IsSuccess ? prepared.Value : new Operation(new RefusedWork(prepared.Error));
                var (reply, metAnother) = await CommitAsync(request, body, operation, cancellationToken);
                if (!metAnother || tries == MaxTries)
                    return reply;
                await configs.RefreshAsync(request.Caller.Tenant, cancellationToken);
            }
        }
        catch (LedgerUncertainException)
        {
            return request.Refuse(OperationErrors.OutcomeUncertain.With(
                "It is not known whether this was accepted: repeat it with the same Idempotency-Key.")
                with { RetryAfter = TimeSpan.FromSeconds(1) });
        }
        finally
        {
            if (running is { } ended)
                _running.TryRemove(ended, out _);
        }
    }

    /// <returns>The answer, and whether it refuses a change of the configuration because it met another one.</returns>
    private async Task<(StoredReply Reply, bool MetAnother)> CommitAsync(
        ApiRequest request, byte[] body, Operation operation, CancellationToken cancellationToken)
    {
        var claim = request.Claim(body, operation.Keep, operation.Seal);
        if (claim is null && operation.Work is RefusedWork refused)
            return (request.Refuse(refused.Decide(null!).Error!), false);
        var work = operation.Delivery is { } placed ? new LeasedWork(operation.Work, placed, engine) : operation.Work;
        var idempotent = new IdempotentWork(claim, work, request, time.GetUtcNow()) { TraceParent = request.Caller.TraceParent };
        var reply = await ledger.CommitAsync(idempotent, cancellationToken);
        if (claim is not null && reply is { Replayed: false, Status: >= 400 })
            reply = await ledger.CommitAsync(new AcceptedBefore(claim, reply, request, time.GetUtcNow()), cancellationToken);
        if (reply.Replayed || reply.Status >= 400)
            return (reply, operation.ChangesConfig && reply is { Status: 409, RetryAfter: not null });
        if (operation.ChangesConfig)
            await configs.RefreshAsync(request.Caller.Tenant, cancellationToken);
        if (operation.Delivery is not { } delivery)
            return (reply, false);
        var wait = request.Wait > TimeSpan.Zero ? request.Wait : operation.DefaultWait;
        if (wait == TimeSpan.Zero || operation.AfterOutcome is null)
        {
            engine.Start(delivery);
            return (reply, false);
        }

        await engine.Waiters.WaitAsync(delivery.Key, () => engine.Start(delivery), wait, time, cancellationToken);
        var waited = StoredReply.From(await operation.AfterOutcome(cancellationToken), request.Json);
        if (claim is not null)
            await ledger.CommitAsync(new ReplaceAnswer(claim, waited), cancellationToken);
        return (waited, false);
    }
}

/// <summary>
/// A node that stood still meanwhile may have been declared dead: it must write nothing under the name it had. And what is accepted has its
/// delivery written with it, or would be called without a trace.
/// </summary>
internal sealed class LeasedWork(LedgerWork<Result<Reply, Error>> work, Delivery placed, DeliveryEngine engine)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => work.Need(needs);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (!engine.StillHas(placed))
            throw new LeaseLostException();
        var result = work.Decide(rows);
        return result.IsSuccess && rows.Find(DeliveryTable.Instance, placed.Key) is null
            ? throw new InvalidOperationException($"{placed.Capability} was accepted without its delivery.") : result;
    }
}
