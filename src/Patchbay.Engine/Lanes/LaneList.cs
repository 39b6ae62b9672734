using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Lanes in one text: their digits, separated by commas.</summary>
internal sealed class LaneList : IStoredAs<IReadOnlyList<LaneId>, string>
{
    public static string Write(IReadOnlyList<LaneId> value) => string.Join(',', value.Select(lane => lane.Value.ToString("N")));

    public static IReadOnlyList<LaneId> Read(Row row, string column) =>
        row.Text(column) is not "" and var text ? text.Split(',').Select(lane => new LaneId(Guid.ParseExact(lane, "N"))).ToArray() : [];
}
