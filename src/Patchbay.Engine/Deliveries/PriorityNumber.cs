using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Priorities are stored as numbers, by which the due are ordered.</summary>
internal sealed class PriorityNumber : IStoredAs<DeliveryPriority, int>
{
    public static int Write(DeliveryPriority value) => (int)value;

    public static DeliveryPriority Read(Row row, string column) => (DeliveryPriority)row.Int(column);
}
