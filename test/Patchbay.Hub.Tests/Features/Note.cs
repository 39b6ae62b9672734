using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Features;

[TypedId("note")]
public readonly partial record struct NoteId : ITypedId<NoteId>;

public readonly record struct NoteKey(TenantId Tenant, NoteId Id);

[LedgerTable("notes", OnlyInserted = true)]
public sealed partial record Note([Key] TenantId TenantId, [Key] NoteId Id, string Text, DateTimeOffset CreatedAt)
{
    public NoteKey Key => new(TenantId, Id);
}

public sealed record NoteRequest(string? Text = null);

public sealed record NoteView(NoteId Id, string Text, DateTimeOffset CreatedAt)
{
    public static NoteView Of(Note note) => new(note.Id, note.Text, note.CreatedAt);
}
