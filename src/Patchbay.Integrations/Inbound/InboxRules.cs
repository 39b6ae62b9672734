using Patchbay.Integrations.Costs;

namespace Patchbay.Integrations.Inbound;

/// <summary>What reading a webhook and looking for its subjects came to.</summary>
/// <param name="Updates">Facts on their way into their subjects.</param>
/// <param name="Unmatched">What it is about that is not known.</param>
/// <param name="Unmapped">What the connector's map does not know.</param>
/// <param name="Fault">What broke; null when nothing did. Nothing is applied then.</param>
/// <param name="MayPass">Whether trying again may help against the fault.</param>
internal sealed record Findings(
    IReadOnlyList<ISubjectUpdate> Updates, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Unmapped, string? Fault = null,
    bool MayPass = false)
{
    /// <summary>What it tells that the subjects cost.</summary>
    public IReadOnlyList<CostBooks> Costs { get; init; } = [];

    public static Findings Broken(string fault, bool mayPass) => new([], [], [], fault, mayPass);
}

/// <summary>What becomes of a webhook after it was processed. Pure.</summary>
internal static class InboxRules
{
    /// <summary>How long something unknown is waited for.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int MaxSubject = 1_000;

    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    public static InboxEntry After(InboxEntry entry, Findings findings, DateTimeOffset now)
    {
        var tried =
            entry with { Tries = entry.Tries + 1, NextAt = null, SettledAt = now, Subject = Subjects(entry.Subject, findings.Updates) };
        var next = NextTry(tried, now);
        return findings switch
        {
            { Fault: { } fault, MayPass: true } when next is not null => tried with { NextAt = next, SettledAt = null, Detail = fault },
            { Fault: { } fault } => tried with { Status = InboxStatus.Failed, Detail = fault },
            // What is not known yet goes first: an unknown status will still be unknown when the rest has come.
            { Unmatched: [var missing, ..] } when next is not null =>
                tried with { Status = InboxStatus.Unmatched, NextAt = next, SettledAt = null,
                    Detail = $"Not known yet: {missing}{Others(findings.Unmatched)}." },
            { Unmapped: [var unknown, ..] } => tried with { Status = InboxStatus.Unmapped, Detail = unknown + Others(findings.Unmapped) },
            { Unmatched: [var missing, ..] } =>
                tried with { Status = InboxStatus.Unmatched, Detail = $"Not known after an hour: {missing}{Others(findings.Unmatched)}." },
            _ when findings.Updates.All(update => update is NoUpdate) =>
                tried with { Status = InboxStatus.Ignored, Detail = findings.Updates.OfType<NoUpdate>().FirstOrDefault()?.Why },
            _ => tried with { Status = InboxStatus.Processed, Detail = null },
        };
    }

    /// <summary>To be processed again from the start, with an hour for what is not known.</summary>
    public static InboxEntry Replayed(InboxEntry entry, DateTimeOffset now) => entry with
    {
        Status = InboxStatus.Received, Tries = 0, TriedSince = now, NextAt = now, SettledAt = null, Detail = null,
    };

    /// <summary>Whether a person may have it processed again.</summary>
    public static bool CanBeReplayed(InboxStatus status) =>
        status is InboxStatus.Unmatched or InboxStatus.Unmapped or InboxStatus.Failed or InboxStatus.Ignored;

    /// <summary>Whether it is left to a person who was not told of it yet.</summary>
    public static bool NeedsAlert(InboxEntry entry) =>
        entry is { NextAt: null, Status: InboxStatus.Unmatched or InboxStatus.Unmapped or InboxStatus.Failed }
            && entry.AlertedFor != entry.Status;

    /// <summary>After 1, 5 and 30 seconds, then every two minutes, the last time when the hour is over; null after that.</summary>
    private static DateTimeOffset? NextTry(InboxEntry tried, DateTimeOffset now)
    {
        var end = tried.TriedSince + Window;
        if (now >= end)
            return null;
        var next = now + Delays[Math.Min(tried.Tries, Delays.Length) - 1];
        return next < end ? next : end;
    }

    private static string Others(IReadOnlyList<string> all) => all.Count > 1 ? $" (and {all.Count - 1} more)" : "";

    private static string? Subjects(string? before, IReadOnlyList<ISubjectUpdate> updates)
    {
        var all = (before ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Union(updates.Select(update => update.Subject).OfType<string>());
        var text = "";
        foreach (var subject in all)
        {
            if (text.Length + subject.Length < MaxSubject)
                text += text.Length == 0 ? subject : " " + subject;
        }

        return text.Length == 0 ? null : text;
    }
}
