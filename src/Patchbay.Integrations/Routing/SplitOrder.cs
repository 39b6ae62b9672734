namespace Patchbay.Integrations.Routing;

/// <summary>
/// The order in which a reference meets the members of a split: drawn by weight without replacement, from a hash of rule and reference
/// that is the same on every node and in every version. So a reference sticks to its member, and when a member drops out,
/// its references spread over the others by their weights while everybody else's stay where they are.
/// </summary>
internal static class SplitOrder
{
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>What the rule adds to the hash: two rules with the same weights draw independently.</summary>
    public static ulong SeedOf(RuleId rule)
    {
        Span<byte> bytes = stackalloc byte[16];
        rule.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = Offset;
        foreach (var octet in bytes)
            hash = (hash ^ octet) * Prime;
        return hash;
    }

    /// <summary>Fills <paramref name="order"/> with positions in <paramref name="shares"/>.</summary>
    public static void Draw(ReadOnlySpan<SplitShare> shares, ulong seed, string? reference, Span<int> order)
    {
        var hash = seed;
        foreach (var letter in reference.AsSpan())
            hash = (((hash ^ (byte)letter) * Prime) ^ (byte)(letter >> 8)) * Prime;

        ulong left = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            order[i] = i;
            left += (ulong)shares[i].Weight;
        }

        for (var drawn = 0; drawn < shares.Length; drawn++)
        {
            hash = Mix(hash);
            var at = hash % left;
            var pick = drawn;
            while (at >= (ulong)shares[order[pick]].Weight)
                at -= (ulong)shares[order[pick++]].Weight;

            var member = order[pick];
            order[drawn..pick].CopyTo(order[(drawn + 1)..]);   // those passed over keep their order
            order[drawn] = member;
            left -= (ulong)shares[member].Weight;
        }
    }

    /// <summary>Spreads the hash over all bits: the finaliser of splitmix64, https://prng.di.unimi.it/splitmix64.c.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
