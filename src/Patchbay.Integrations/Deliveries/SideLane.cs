using Patchbay.Engine;

namespace Patchbay.Integrations.Deliveries;

/// <summary>
/// The second lane of a destination, for tests and checks: open also while the first, which has the destination's id, is closed.
/// </summary>
public static class SideLane
{
    public static LaneId Of(Guid destination) => new(Flip(destination));

    /// <summary>The destination whose side lane it is; an id that nothing has when it is another lane.</summary>
    public static Guid DestinationOf(LaneId lane) => Flip(lane.Value);

    private static Guid Flip(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        bytes[15] ^= 0xff;
        return new Guid(bytes, bigEndian: true);
    }
}
