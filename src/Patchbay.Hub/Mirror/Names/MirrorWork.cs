using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>Writes one thing of the mirror.</summary>
/// <remarks>The tenant's audit is locked before all else, as by whoever writes a payment: no two nodes wait for each other.</remarks>
/// <param name="noun">For "There is no such ...".</param>
internal abstract class MirrorWork<TKey, TRow>(Table<TKey, TRow> table, MirrorTarget<TKey> target, string noun)
    : LedgerWork<Result<Reply, Error>>
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    protected MirrorTarget<TKey> Target => target;

    public sealed override void Need(LedgerNeeds needs) => needs.Row(AuditHeadTable.Instance, target.Tenant, (more, _) =>
    {
        if (target.Name is { } name)
            more.Row(ExternalNameTable.Instance, name, (last, named) => last.Row(table, KeyOf(named), NeedWith));
        else
            more.Row(table, target.Key, NeedWith);
        NeedBeside(more);
    });

    public sealed override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var named = target.Name is { } name ? rows.Find(ExternalNameTable.Instance, name) : null;
        var before = rows.Find(table, KeyOf(named));
        if (before is null && target.Name is null)
            return Error.NotFound(noun);
        if (before is not null && target.MustBeNew)
        {
            return MirrorErrors.Taken.With(
                $"There is {noun} {target.Name!.Value.ExternalId} already: change it, or PUT it to write all of it anew.");
        }

        var written = Write(rows, before);
        if (written.IsSuccess && before is null)
            rows.Insert(ExternalNameTable.Instance, new ExternalName(target.Name!.Value, target.Id));
        return written;
    }

    /// <param name="before">Null for a new one.</param>
    protected abstract Result<Reply, Error> Write(LedgerRows rows, TRow? before);

    /// <summary>What depends on the row as it is.</summary>
    protected virtual void NeedWith(LedgerNeeds needs, TRow? before)
    {
    }

    /// <summary>What is needed besides the row.</summary>
    protected virtual void NeedBeside(LedgerNeeds needs)
    {
    }

    private TKey KeyOf(ExternalName? named) => named is null ? target.Key : target.KeyOf(named.NamedId);
}
