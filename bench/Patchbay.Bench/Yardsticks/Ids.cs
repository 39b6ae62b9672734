using Patchbay.Storage;

namespace Patchbay.Bench.Yardsticks;

/// <summary>UUIDv7, as the hub's own ids: they keep the index append-only.</summary>
internal static class Ids
{
    private static readonly IdGenerator Generator = new(TimeProvider.System);

    public static Guid New() => Generator.NewGuid();
}
