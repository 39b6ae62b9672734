using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Suppressions;

/// <summary>Enters recipients in the list, and takes them off it.</summary>
public sealed class SuppressionHandlers(Database database, SuppressionList list, TimeProvider time)
{
    private const int MostAtOnce = 1_000;

    public Task<Result<Operation, Error>> AddAsync(Caller caller, SuppressRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Require(request.Channel is not null, "channel", "is required: sms, whatsapp or email");
        var note = faults.OptionalText(request.Note, "note", 500);
        var recipient = RecipientInput.Read(request.Channel, request.Recipient, "recipient", faults);
        if (faults.Any)
            return Task.FromResult<Result<Operation, Error>>(faults.ToError());
        var key = KeyOf(caller, request.Channel!.Value, recipient!);
        return Task.FromResult(Write(caller, [key], request.Reason, note, (rows, added) =>
        {
            var view = SuppressedRecipientView.Of(rows.Find(SuppressedRecipientTable.Instance, key)!);
            return added > 0 ? Reply.Created(view, $"/api/v1/suppressions/{view.Id}") : Reply.Ok(view);
        }));
    }

    public Task<Result<Operation, Error>> AddManyAsync(Caller caller, SuppressManyRequest request, CancellationToken cancellationToken)
    {
        var (faults, keys) = (new Faults(), new HashSet<RecipientKey>());
        faults.Require(request.Channel is not null, "channel", "is required: sms, whatsapp or email");
        var note = faults.OptionalText(request.Note, "note", 500);
        faults.Require(request.Recipients is { Count: >= 1 and <= MostAtOnce }, "recipients", "must have 1 to 1,000 entries");
        for (var i = 0; !faults.Any && i < request.Recipients!.Count; i++)
        {
            if (RecipientInput.Read(request.Channel, request.Recipients[i], $"recipients[{i}]", faults) is { } recipient)
                keys.Add(KeyOf(caller, request.Channel!.Value, recipient));
        }

        return Task.FromResult(faults.Any ? faults.ToError() : Write(
            caller, keys, request.Reason, note, (_, added) => Reply.Ok(new SuppressionImportView(added, keys.Count - added))));
    }

    public async Task<Result<Operation, Error>> LiftAsync(
        Caller caller, SuppressedRecipientId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } known)
            return Error.NotFound("suppressed recipient");
        if (caller.RefusalIn(known.Key.Mode) is { } refusal)
            return refusal;
        return new Operation(new LiftWork(known.Key, list, caller.Actor, time.GetUtcNow()));
    }

    public async Task<SuppressedRecipient?> FindAsync(TenantId tenant, SuppressedRecipientId id, CancellationToken cancellationToken) =>
        await database.FindAsync(
            "SELECT * FROM suppressed_recipients WHERE tenant_id = @tenant AND id = @id", new { tenant, id },
            SuppressedRecipientTable.Instance.Read, cancellationToken);

    private Result<Operation, Error> Write(
        Caller caller, IReadOnlyCollection<RecipientKey> keys, SuppressionCause? reason, string? note, Func<LedgerRows, int, Reply> reply)
    {
        list.Expect(caller.Tenant);
        return new Operation(new AddWork(
            keys, reason ?? SuppressionCause.Manual, note, caller.Actor, reply, list, time.GetUtcNow()));
    }

    private static RecipientKey KeyOf(Caller caller, MessageChannel channel, string recipient) =>
        RecipientKey.Of(caller.Tenant, caller.Mode, channel, recipient);

    private sealed class AddWork(
        IReadOnlyCollection<RecipientKey> keys, SuppressionCause reason, string? note, string actor, Func<LedgerRows, int, Reply> reply,
        SuppressionList list, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            foreach (var key in keys)
                SuppressionList.Need(needs, key);
        }

        public override Result<Reply, Error> Decide(LedgerRows rows) =>
            reply(rows, keys.Count(key => list.Add(rows, key, reason, actor, note, actor, now).IsNew));
    }

    private sealed class LiftWork(RecipientKey key, SuppressionList list, string actor, DateTimeOffset now)
        : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => SuppressionList.Need(needs, key);

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            if (rows.Find(SuppressedRecipientTable.Instance, key) is not { } known)
                return Error.NotFound("suppressed recipient");
            list.Lift(rows, known, actor, now);
            return Reply.Ok(SuppressedRecipientView.Of(known));
        }
    }
}
