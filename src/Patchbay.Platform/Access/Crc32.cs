namespace Patchbay.Platform.Access;

/// <summary>CRC-32 as in ISO 3309 (reflected polynomial EDB88320); the framework's own is in a package that need not be there.</summary>
internal static class Crc32
{
    public static uint HashToUInt32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
