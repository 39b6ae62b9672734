using System.Globalization;
using Patchbay.Platform.Api;
using Patchbay.Platform.Files;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Where the columns of a mapping are in a file.</summary>
internal sealed class CsvColumns
{
    public const int MaxColumns = 200;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <param name="header">Null where there is none.</param>
    /// <param name="faults">What is not there is added, by the mapping's field.</param>
    public CsvColumns(StatementMapping mapping, CsvRecord? header, Faults faults)
    {
        var names = header?.Fields.Select(name => name.Trim()).ToList();
        foreach (var (field, column) in MappingInput.Named(mapping))
        {
            var place = names is null ? NumberOf(column) : NamesLike(names, column) is [var only] ? only : -1;
            if (place >= 0)
                _places.Add(field, place);
            else if (names is null)
                faults.Add(MappingInput.At(field), $"must be a number from 1 to {MaxColumns}, as there is no header");
            else
                faults.Add(
                    MappingInput.At(field), NamesLike(names, column) is []
                        ? $"there is no column '{column}' in line {header!.Line}, which has: {Listed(names)}"
                        : $"there are several columns '{column}'");
        }
    }

    /// <summary>Null when it is not mapped, empty, or the record ends before.</summary>
    public string? Find(CsvRecord record, string field) =>
        _places.TryGetValue(field, out var place) && place < record.Fields.Count && !string.IsNullOrWhiteSpace(record.Fields[place])
            ? record.Fields[place] : null;

    private static int NumberOf(string column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxColumns
            ? number - 1 : -1;

    private static List<int> NamesLike(List<string> names, string column) =>
        [.. names.Index().Where(name => name.Item.Equals(column.Trim(), StringComparison.OrdinalIgnoreCase)).Select(name => name.Index)];

    private static string Listed(List<string> names)
    {
        var listed = string.Join(", ", names);
        return listed.Length <= 300 ? listed : listed[..300] + "...";
    }
}
