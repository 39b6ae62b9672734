using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Sandbox.Http;

/// <summary>
/// What an account's idempotency keys stand for, as at Stripe (https://docs.stripe.com/api/idempotent_requests). The first answer of a key
/// is given again for the same request, errors included; answers given before the work began are not remembered, and the oldest keys are
/// forgotten beyond a bound.
/// </summary>
/// <param name="reused">The answer to a key that stood for another request.</param>
/// <param name="inUse">The answer to a key whose first request is still being worked on.</param>
public sealed class IdempotencyKeys(int keysKept, Func<string, Reply> reused, Func<string, Reply> inUse)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _finished = new();

    public async Task<Reply> RunAsync(string key, string path, string body, Func<Task<Reply>> work)
    {
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{body}"));
        var mine = new Entry(key, fingerprint);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var earlier))
            {
                if (!earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                    return reused(key);
                return earlier.Answer is { } answer ? answer with { Replayed = true } : inUse(key);
            }

            _entries[key] = mine;
        }

        Reply? reply = null;
        try
        {
            reply = await work();
            return reply;
        }
        finally
        {
            Finish(mine, reply);
        }
    }

    private void Finish(Entry entry, Reply? reply)
    {
        lock (_lock)
        {
            if (reply is not { Kept: true })
            {
                _entries.Remove(entry.Key);
                return;
            }

            entry.Answer = reply;
            _finished.Enqueue(entry);
            if (_finished.Count > keysKept)
                _entries.Remove(_finished.Dequeue().Key);
        }
    }

    private sealed class Entry(string key, byte[] fingerprint)
    {
        public string Key { get; } = key;

        public byte[] Fingerprint { get; } = fingerprint;

        /// <summary>Null while the first request is still being worked on.</summary>
        public Reply? Answer { get; set; }
    }
}
