using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>A row that counts, with a version.</summary>
internal sealed record Tally(Guid Id, long Sum, int Version = 0);

internal sealed class TallyTable : Table<Guid, Tally>
{
    public static readonly TallyTable Instance = new();

    private TallyTable()
        : base("tallies", tally => tally.Id)
    {
        Key("id", key => key);
        Mutable("sum", tally => tally.Sum);
        Version("version", tally => tally.Version, (tally, version) => tally with { Version = version });
    }

    public override Tally Read(Row row) => throw new NotSupportedException();
}

/// <summary>Adds one to a row, as it is or as its caller believes it to be, and returns the sum.</summary>
internal sealed class AddOne(Guid id, Tally? believed) : LedgerWork<long>
{
    public override void Need(LedgerNeeds needs)
    {
        if (believed is not null)
            needs.Held(TallyTable.Instance, believed);
        else
            needs.Row(TallyTable.Instance, id);
    }

    public override long Decide(LedgerRows rows)
    {
        var present = rows.Find(TallyTable.Instance, id);
        if (present is null)
            rows.Insert(TallyTable.Instance, present = new Tally(id, 1));
        else
            present = rows.Update(TallyTable.Instance, present with { Sum = present.Sum + 1 });
        return present.Sum;
    }
}
