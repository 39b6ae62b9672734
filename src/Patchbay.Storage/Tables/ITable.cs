namespace Patchbay.Storage;

/// <summary>A table, whatever its rows.</summary>
public interface ITable
{
    string Name { get; }

    internal ITableBatch NewBatch();
}
