using System.Collections.Concurrent;

namespace Patchbay.Sandbox.Messages;

/// <summary>One account's messages, found by id and by recipient without a scan.</summary>
public sealed class MessageBook
{
    private readonly ConcurrentDictionary<string, SentMessage> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<SentMessage>> _byRecipient = new(StringComparer.Ordinal);
    private readonly List<SentMessage> _all = [];

    public void Add(SentMessage message)
    {
        _byId[message.Id] = message;
        var toRecipient = _byRecipient.GetOrAdd(message.To, static _ => []);
        lock (toRecipient)
            toRecipient.Add(message);
        lock (_all)
            _all.Add(message);
    }

    /// <summary>Puts the changed message in its place, or nothing.</summary>
    public void Replace(SentMessage message, SentMessage? by)
    {
        if (by is null)
            _byId.TryRemove(message.Id, out _);
        else
            _byId[message.Id] = by;
        foreach (var list in (List<SentMessage>[])[_byRecipient[message.To], _all])
        {
            lock (list)
            {
                var at = list.FindIndex(one => one.Id == message.Id);
                if (at >= 0 && by is null)
                    list.RemoveAt(at);
                else if (at >= 0)
                    list[at] = by!;
            }
        }
    }

    public SentMessage? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The newest first; to everybody when the recipient is null.</summary>
    public IReadOnlyList<SentMessage> List(string? recipient)
    {
        var list = recipient is null ? _all : _byRecipient.GetValueOrDefault(recipient);
        if (list is null)
            return [];
        SentMessage[] copy;
        lock (list)
            copy = [.. list];
        Array.Reverse(copy);
        return copy;
    }
}
