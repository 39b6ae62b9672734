using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Patchbay.Storage;

/// <summary>Makes UUIDv7 ids that rise strictly within the process, also within one millisecond and when the clock steps back.</summary>
public sealed class IdGenerator(TimeProvider time)
{
    private const int Fractions = 4096;

    private readonly Lock _gate = new();
    private long _lastTick;

    /// <summary>48 bits of Unix milliseconds, 12 bits of the fraction of that millisecond (made to rise), 62 random bits.</summary>
    public Guid NewGuid()
    {
        var now = time.GetUtcNow();
        var tick = (now.ToUnixTimeMilliseconds() * Fractions)
            + (now.Ticks % TimeSpan.TicksPerMillisecond * Fractions / TimeSpan.TicksPerMillisecond);
        lock (_gate)
        {
            tick = Math.Max(tick, _lastTick + 1);
            _lastTick = tick;
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(tick / Fractions) << 16) | 0x7000 | (ulong)(tick % Fractions));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>From now on every id is higher than this one, which another process may have made by a clock that was ahead.</summary>
    public void StartAfter(Guid made)
    {
        Span<byte> bytes = stackalloc byte[16];
        made.TryWriteBytes(bytes, bigEndian: true, out _);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var tick = (long)(((bits >> 16) * Fractions) | (bits & (Fractions - 1)));
        lock (_gate)
            _lastTick = Math.Max(_lastTick, tick);
    }

    public TId New<TId>()
        where TId : struct, ITypedId<TId> => TId.From(NewGuid());

    /// <summary>The highest value that sorts below an id.</summary>
    public static Guid Before(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, BinaryPrimitives.ReadUInt128BigEndian(bytes) - 1);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The lowest UUIDv7 of a moment: everything made before it sorts below. Nothing was before 1970.</summary>
    public static Guid LowestAt(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)Math.Max(0, moment.ToUnixTimeMilliseconds()) << 16) | 0x7000);
        bytes[8] = 0x80;
        return new Guid(bytes, bigEndian: true);
    }
}
