using System.Security.Cryptography;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>
/// Work behind a request that may be repeated: the first answer is kept in the same transaction as what it did, and a repeat gets it again
/// without doing anything. A refusal did nothing, and keeps nothing: the key is free for a corrected request.
/// </summary>
/// <param name="claim">Null when the caller gave no key: then the work is simply done.</param>
/// <param name="request">Says how the answer is written.</param>
internal sealed class IdempotentWork(
    IdempotencyClaim? claim, LedgerWork<Result<Reply, Error>> work, ApiRequest request, DateTimeOffset now) : LedgerWork<StoredReply>
{
    public override void Need(LedgerNeeds needs)
    {
        if (claim is not null)
            needs.Absent(IdempotencyTable.Instance, KeyOf(claim));
        work.Need(needs);
    }

    public override StoredReply Decide(LedgerRows rows)
    {
        var earlier = claim is null ? null : rows.Find(IdempotencyTable.Instance, KeyOf(claim));
        if (earlier is not null && earlier.ExpiresAt > now)
            return Again(earlier, claim!, request);
        var result = work.Decide(rows);
        var reply = result.IsSuccess ? StoredReply.From(result.Value, request.Json) : request.Refuse(result.Error);
        if (claim is not null && result.IsSuccess)
        {
            var body = claim.Seal is { } seal ? seal.Seal(reply.Body) : reply.Body;
            var record = new IdempotencyRecord(
                KeyOf(claim), claim.Fingerprint, reply.Status, body, reply.Location, claim.Seal is not null, now + claim.Keep);
            if (earlier is not null)
                rows.Delete(IdempotencyTable.Instance, KeyOf(claim));
            rows.Insert(IdempotencyTable.Instance, record);
        }

        return reply;
    }

    /// <summary>What the first request under the key was answered, or that this is another one.</summary>
    internal static StoredReply Again(IdempotencyRecord earlier, IdempotencyClaim claim, ApiRequest request) =>
        CryptographicOperations.FixedTimeEquals(earlier.Fingerprint, claim.Fingerprint)
            ? new StoredReply(earlier.Status, earlier.Sealed && claim.Seal is { } seal
                ? seal.Open(earlier.Body) : earlier.Body, earlier.Location, Replayed: true)
            : request.Refuse(Reused);

    private static Error Reused { get; } =
        OperationErrors.KeyReused.With("This Idempotency-Key was used before with another request. Use a new key for a new operation.");

    internal static IdempotencyKey KeyOf(IdempotencyClaim claim) => new(claim.Tenant, claim.Route, claim.Key);
}

/// <summary>
/// Before a refusal is answered: what was accepted under the key, when it was not refused yet, is answered all the same. A refusal writes
/// nothing, so that it cannot meet the key by itself.
/// </summary>
internal sealed class AcceptedBefore(IdempotencyClaim claim, StoredReply refusal, ApiRequest request, DateTimeOffset now)
    : LedgerWork<StoredReply>
{
    public override void Need(LedgerNeeds needs) => needs.Row(IdempotencyTable.Instance, IdempotentWork.KeyOf(claim));

    public override StoredReply Decide(LedgerRows rows) =>
        rows.Find(IdempotencyTable.Instance, IdempotentWork.KeyOf(claim)) is { } earlier && earlier.ExpiresAt > now
            ? IdempotentWork.Again(earlier, claim, request)
            : refusal;
}

/// <summary>Work that was refused before it reached the database.</summary>
internal sealed class RefusedWork(Error error) : LedgerWork<Result<Reply, Error>>
{
    public override Result<Reply, Error> Decide(LedgerRows rows) => error;
}

/// <summary>Replaces the kept answer by the one that a waiting caller was really given.</summary>
internal sealed class ReplaceAnswer(IdempotencyClaim claim, StoredReply reply) : LedgerWork<bool>
{
    public override void Need(LedgerNeeds needs) => needs.Row(IdempotencyTable.Instance, IdempotentWork.KeyOf(claim));

    public override bool Decide(LedgerRows rows)
    {
        if (rows.Find(IdempotencyTable.Instance, IdempotentWork.KeyOf(claim)) is not { } record)
            return false;
        rows.Update(IdempotencyTable.Instance,
            record with { Status = reply.Status, Body = claim.Seal?.Seal(reply.Body) ?? reply.Body, Location = reply.Location });
        return true;
    }
}
