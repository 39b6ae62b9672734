using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Retention;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Features;

/// <summary>The smallest feature there can be: notes that are written and read.</summary>
internal sealed class NotesFeature : IFeature
{
    public static readonly EventType Written = EventType.Of(
        "note.written", "Somebody wrote a note", new NoteView(NoteId.From(Guid.Empty), "Call back", DateTimeOffset.UnixEpoch));

    public static readonly ErrorCode Rude = new(422, "note_rude", "the note is not polite");

    public IReadOnlyList<string> Resources => ["notes"];

    public void Add(IServiceCollection services) =>
        services.AddSingleton<NoteHandlers>().AddSingleton(new Retained("notes", "notes", TimeSpan.FromDays(10), "id"));

    public void Map(FeatureRoutes hub)
    {
        hub.Action<NoteHandlers, NoteRequest>("notes.write", "POST /notes", notes => notes.WriteAsync).Answers<NoteView>(201)
            .Says("Write a note").Refuses(Rude);
        hub.List("GET /notes", NoteTable.Instance, NoteView.Of, by => by.Text("text"));
        hub.One<NoteHandlers, NoteId, Note, NoteView>("GET /notes/{id}", "note", notes => notes.FindAsync, NoteView.Of);
    }
}

internal sealed class NoteHandlers(Database database, EventLog events, IdGenerator ids, TimeProvider time)
{
    public Task<Note?> FindAsync(TenantId tenant, NoteId id, CancellationToken cancellationToken) =>
        database.FindAsync(NoteTable.Instance, new NoteKey(tenant, id), cancellationToken);

    public Task<Result<Operation, Error>> WriteAsync(Caller caller, NoteRequest request, CancellationToken cancellationToken)
    {
        if (request.Text is null or "Hey you")
            return Task.FromResult<Result<Operation, Error>>(NotesFeature.Rude.With("Say it in a kinder way."));
        var note = new Note(caller.Tenant, ids.New<NoteId>(), request.Text, time.GetUtcNow());
        return Task.FromResult<Result<Operation, Error>>(new Operation(new WriteNote(note, events)));
    }

    private sealed class WriteNote(Note note, EventLog events) : LedgerWork<Result<Reply, Error>>
    {
        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            rows.Insert(NoteTable.Instance, note);
            events.Publish(rows, note.TenantId, NotesFeature.Written, note.Id.ToString(), NoteView.Of(note), note.CreatedAt);
            return Reply.Created(NoteView.Of(note), $"/api/v1/notes/{note.Id}");
        }
    }
}
