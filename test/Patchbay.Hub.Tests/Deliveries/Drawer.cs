using System.Collections.Concurrent;

namespace Patchbay.Hub.Tests.Deliveries;

/// <summary>What a drawer does with a request for money.</summary>
internal enum Mood
{
    Works,

    /// <summary>Does it, but the answer is lost.</summary>
    TimesOutAfterWork,

    /// <summary>Does nothing, and the answer is lost too.</summary>
    TimesOutBeforeWork,

    /// <summary>Does nothing and answers 500: nobody can know.</summary>
    ServerError,

    /// <summary>No connection: certainly nothing done.</summary>
    Unreachable,

    /// <summary>A clear no.</summary>
    Refuses,

    /// <summary>A clear no, with a code that the connector does not know.</summary>
    RefusesOddly,

    /// <summary>The customer's bank says no; the customer may try again.</summary>
    Declines,
}

/// <summary>Where a till or an abacus keeps its money, and how it feels today.</summary>
internal sealed class Drawer
{
    private static readonly ConcurrentDictionary<string, Drawer> s_drawers = new();
    private static int s_count;

    private readonly ConcurrentQueue<Mood> _moods = new();
    private readonly ConcurrentQueue<Mood> _moodsWhenAsked = new();
    private int _calls;

    private Drawer(string name) => Name = name;

    public string Name { get; }

    /// <summary>Requests for money, whatever came of them.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Ids of what was really paid and refunded, once for each time.</summary>
    public ConcurrentQueue<string> Done { get; } = new();

    /// <summary>Ids of payments that are reserved, to be captured later.</summary>
    public ConcurrentDictionary<string, bool> Reserved { get; } = new();

    /// <summary>Requests wait for it; null: they do not.</summary>
    public Task? Gate { get; set; }

    public static Drawer New() => s_drawers.GetOrAdd("drawer" + Interlocked.Increment(ref s_count), name => new Drawer(name));

    public static Drawer Named(string name) => s_drawers[name];

    /// <summary>How it feels about the next requests; afterwards it works.</summary>
    public void Feels(params Mood[] moods)
    {
        foreach (var mood in moods)
            _moods.Enqueue(mood);
    }

    /// <summary>How it feels when it is next asked how things stand; afterwards it tells.</summary>
    public void FeelsWhenAsked(params Mood[] moods)
    {
        foreach (var mood in moods)
            _moodsWhenAsked.Enqueue(mood);
    }

    public Mood MoodWhenAsked() => _moodsWhenAsked.TryDequeue(out var next) ? next : Mood.Works;

    public async Task<Mood> AskAsync(string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (Gate is { } gate)
            await gate.WaitAsync(cancellationToken);
        var mood = _moods.TryDequeue(out var next) ? next : Mood.Works;
        if (mood is Mood.Works or Mood.TimesOutAfterWork)
            Done.Enqueue(id);
        return mood;
    }
}
