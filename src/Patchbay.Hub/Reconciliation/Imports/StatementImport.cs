using System.Security.Cryptography;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>
/// Imports one file: begins its statement, takes its entries up in steps, ends it. Whatever dies in between, the same file goes on where it
/// was, and each entry is taken up once.
/// </summary>
public sealed class StatementImport(
    Database database, Ledger ledger, TenantConfigs configs, CandidateSearch search, PaymentResolutions resolutions, MatchBooks books,
    EventLog events, IdGenerator ids, TimeProvider time)
{
    private const int Step = 100;

    /// <summary>A file that is known is not read again; what was read of another one is given to <paramref name="read"/>.</summary>
    internal async Task<Result<Operation, Error>> BeginAsync(
        Caller caller, StatementUpload upload, Action<StatementReading> read, CancellationToken cancellationToken)
    {
        if (upload.Integration is { } account
            && (await configs.GetAsync(caller.Tenant, cancellationToken)).Integrations.GetValueOrDefault(account)?.Mode != caller.Mode)
            return Error.Invalid("integration_id", $"is no integration of yours in {caller.Mode.ToWord()} mode");
        var known = await FindAsync(new StatementFileKey(caller.Tenant, caller.Mode, upload.File.Hash), cancellationToken);
        var reading = new StatementReading();
        if (known?.Status != StatementStatus.Imported)
        {
            var file = await upload.File.ReadAsync(cancellationToken);
            if (!file.IsSuccess)
                return file.Error;
            read(reading = file.Value);
        }

        var now = time.GetUtcNow();
        return new Operation(new BeginStatement(new Statement
        {
            TenantId = caller.Tenant, Id = ids.New<StatementId>(), Mode = caller.Mode, Format = upload.File.SeenFormat,
            FileHash = upload.File.Hash, Form = Convert.ToHexStringLower(SHA256.HashData(upload.Form)),
            IntegrationId = upload.Integration, ImportedBy = caller.Actor, CreatedAt = now, Lines = reading.Entries.Count,
            Skipped = reading.Skipped, FirstDay = DayOf(reading, days => days.Min()), LastDay = DayOf(reading, days => days.Max()),
            Status = StatementStatus.Importing, UpdatedAt = now,
        }));
    }

    /// <summary>Takes up what is left of it.</summary>
    /// <param name="reading">Null when it is known that nothing is.</param>
    /// <returns>As it is then.</returns>
    internal async Task<Statement> GoOnAsync(StatementKey key, StatementReading? reading, CancellationToken cancellationToken)
    {
        var statement = await ReadAsync(key, cancellationToken);
        if (reading is null || statement.Status == StatementStatus.Imported)
            return statement;
        var prints = new EntryFingerprints(statement.Mode, statement.IntegrationId);
        var all = reading.Entries.Select(entry => (entry, prints.Next(entry))).ToList();
        var (manual, shared) = (new Dictionary<IntegrationId, bool>(), SharedReferences(reading));
        while (statement.Position < statement.Lines)
        {
            var step = all.GetRange(statement.Position, Math.Min(Step, all.Count - statement.Position));
            var prepared = await PrepareAsync(statement, step, manual, shared, cancellationToken);
            await ledger.CommitAsync(new TakeUpEntries(statement, prepared, books, time.GetUtcNow()), cancellationToken);
            statement = await ReadAsync(key, cancellationToken);
        }

        return await ledger.CommitAsync(new EndStatement(key, events, time.GetUtcNow()), cancellationToken) ?? statement;
    }

    private async Task<IReadOnlyList<PreparedEntry>> PrepareAsync(
        Statement statement, IReadOnlyList<(ReadEntry Read, Guid Fingerprint)> step, Dictionary<IntegrationId, bool> manual,
        HashSet<string> shared, CancellationToken cancellationToken)
    {
        var entries = step.Select(one => NewEntry(statement, one.Read)).ToList();
        var words = entries.ToDictionary(entry => entry.Id, EntryWords.Of);
        var candidates = new Dictionary<EntryDirection, IReadOnlyList<Candidate>>();
        foreach (var direction in entries.GroupBy(entry => entry.Direction))
        {
            candidates[direction.Key] = await search.NamedAsync(
                statement.TenantId, statement.Mode, direction.Key, [.. direction.Select(entry => words[entry.Id])], cancellationToken);
        }

        var taken = (await search.TakenAsync(
            statement.TenantId, [.. candidates.Values.SelectMany(some => some).Select(candidate => candidate.Subject)],
            cancellationToken)).Keys.ToHashSet(StringComparer.Ordinal);
        var prepared = new List<PreparedEntry>();
        foreach (var (entry, number) in entries.Select((entry, number) => (entry, number)))
        {
            var match = EntryMatch.Of(
                entry, words[entry.Id], statement.Format, candidates[entry.Direction], candidate => taken.Contains(candidate.Subject));
            var named = entry with { Names = match.Names?.Subject };
            var subject = match is { IsMatch: true, Names: { } one } ? one : null;
            var isManual = subject is not null && await IsManualAsync(subject);
            if (subject is not null && Settled.Awaits(subject, isManual) && !subject.IsMeantIn(words[entry.Id]))
                subject = null;   // a person decides
            if (subject is not null)
                taken.Add(subject.Subject);
            var settled = subject is null
                ? null : Settled.By(named, subject, isManual, shared.Contains(entry.BankReference ?? ""));
            prepared.Add(new PreparedEntry(named, step[number].Fingerprint, subject?.Subject, settled));
        }

        return prepared;

        async Task<bool> IsManualAsync(Candidate candidate)
        {
            if (!manual.TryGetValue(candidate.IntegrationId, out var isManual))
            {
                isManual = await resolutions.AreManualAsync(statement.TenantId, candidate.IntegrationId, cancellationToken);
                manual.Add(candidate.IntegrationId, isManual);
            }

            return isManual;
        }
    }

    /// <summary>Banks give batches, and what they have no name for, one reference: it tells no entry from another.</summary>
    private static HashSet<string> SharedReferences(StatementReading reading) =>
    [
        .. reading.Entries.Where(entry => entry.BankReference is not null).GroupBy(entry => entry.BankReference!)
            .Where(some => some.Count() > 1).Select(some => some.Key),
    ];

    private StatementEntry NewEntry(Statement statement, ReadEntry read)
    {
        var now = time.GetUtcNow();
        return new StatementEntry
        {
            TenantId = statement.TenantId, Id = ids.New<StatementEntryId>(), Mode = statement.Mode, StatementId = statement.Id,
            IntegrationId = statement.IntegrationId, Account = read.Account, Line = read.Line, BookedAt = Days.At(read.BookedOn),
            ValueAt = read.ValueOn is { } value ? Days.At(value) : null, Direction = read.Direction, IsReversal = read.IsReversal,
            Amount = read.Amount, Fee = read.Fee?.MinorUnits, EntryId = read.EntryId, PaymentReference = read.PaymentReference,
            BankReference = read.BankReference, Counterparty = read.Counterparty, Narrative = read.Narrative, CreatedAt = now,
            Status = EntryStatus.Unmatched, UpdatedAt = now,
        };
    }

    private static DateTimeOffset? DayOf(StatementReading reading, Func<IEnumerable<DateOnly>, DateOnly> which) =>
        reading.Entries.Count == 0 ? null : Days.At(which(reading.Entries.Select(entry => entry.BookedOn)));

    private async Task<Statement?> FindAsync(StatementFileKey file, CancellationToken cancellationToken) =>
        await database.FindAsync(KnownFileTable.Instance, file, cancellationToken) is { } known
            ? await ReadAsync(new StatementKey(file.Tenant, known.StatementId), cancellationToken) : null;

    private async Task<Statement> ReadAsync(StatementKey key, CancellationToken cancellationToken) =>
        await database.FindAsync(StatementTable.Instance, key, cancellationToken)
            ?? throw new InvalidOperationException($"{key.Id} is gone.");
}
