namespace Patchbay.Storage.Tests.Tables;

public readonly record struct SampleId(Guid Value) : ITypedId<SampleId>
{
    public static string Prefix => "smp";

    public static SampleId From(Guid value) => new(value);

    public static SampleId Parse(string s, IFormatProvider? provider) => TypeId.Parse<SampleId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out SampleId result) => TypeId.TryParse(s, out result);
}

/// <summary>A row with a column of every type that tables have.</summary>
public sealed record Sample(SampleId Id)
{
    public string? Word { get; init; }

    public int? Whole { get; init; }

    public long? Big { get; init; }

    public bool? Flag { get; init; }

    public double? Fraction { get; init; }

    public DateTimeOffset? Moment { get; init; }

    public byte[]? Bytes { get; init; }

    public SampleId? Other { get; init; }
}

public sealed class SampleTable : Table<SampleId, Sample>
{
    public static readonly SampleTable Instance = new();

    private SampleTable()
        : base("samples", sample => sample.Id)
    {
        Key("id", key => key.Value);
        Mutable("word", sample => sample.Word);
        Mutable("whole", sample => sample.Whole);
        Mutable("big", sample => sample.Big);
        Mutable("flag", sample => sample.Flag);
        Mutable("fraction", sample => sample.Fraction);
        Mutable("moment", sample => sample.Moment);
        Mutable("bytes", sample => sample.Bytes);
        Mutable("other", sample => sample.Other?.Value);
    }

    public override Sample Read(Row row) => new(row.Id<SampleId>("id"))
    {
        Word = row.FindText("word"),
        Whole = row.FindInt("whole"),
        Big = row.FindLong("big"),
        Flag = row.FindText("word") is null ? null : row.Flag("flag"),
        Fraction = row.FindDouble("fraction"),
        Moment = row.FindTime("moment"),
        Bytes = row.FindBytes("bytes"),
        Other = row.FindId<SampleId>("other"),
    };
}
