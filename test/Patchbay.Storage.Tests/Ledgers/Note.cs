namespace Patchbay.Storage.Tests.Ledgers;

public readonly record struct NoteId(Guid Value);

/// <summary>A row with a version.</summary>
public sealed record Note(NoteId Id, string Text, int Version = 0);

public sealed class NoteTable : Table<NoteId, Note>
{
    public static readonly NoteTable Instance = new();

    private NoteTable()
        : base("notes", note => note.Id)
    {
        Key("id", key => key.Value);
        Mutable("text", note => note.Text);
        Version("version", note => note.Version, (note, version) => note with { Version = version });
    }

    public override Note Read(Row row) => new(new NoteId(row.Guid("id")), row.Text("text"), row.Int("version"));
}
