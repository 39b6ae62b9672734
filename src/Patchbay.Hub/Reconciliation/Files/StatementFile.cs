using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>A file as it was sent.</summary>
/// <param name="Format">Null: it is seen from the file.</param>
/// <param name="Mapping">Of a CSV; null for the others.</param>
public sealed record StatementFile(byte[] Bytes, StatementFormat? Format, StatementMapping? Mapping)
{
    public const int MaxBytes = 5 * 1024 * 1024;

    private const string Field = "file";

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>What it is written in, as was said, or as it begins.</summary>
    public StatementFormat SeenFormat => Format ?? Begin switch
    {
        ['<', ..] => StatementFormat.Camt053,
        ['{', '1', ':', ..] or [':', '2', '0', ':', ..] => StatementFormat.Mt940,
        _ => Mapping?.ProviderReference is null ? StatementFormat.Csv : StatementFormat.Settlement,
    };

    private string Begin
    {
        get
        {
            var bytes = Bytes.AsSpan(Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0);
            return Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 64)]).TrimStart();
        }
    }

    /// <summary>All of its entries, or what is wrong with it.</summary>
    public async Task<Result<StatementReading, Error>> ReadAsync(CancellationToken cancellationToken)
    {
        var (format, faults, reading) = (SeenFormat, new Faults(), new StatementReading());
        var isCsv = format is StatementFormat.Csv or StatementFormat.Settlement;
        faults.Require(isCsv == Mapping is not null, "mapping", isCsv ? "is required of a CSV file" : "is for CSV files only");
        if (faults.Any)
            return faults.ToError();
        if (format == StatementFormat.Camt053)
            CamtStatement.Read(Bytes, reading);
        else if (StatementTexts.Decode(Bytes, Mapping?.Encoding) is not { } text)
            reading.Refuse("is not UTF-8: name another encoding in the mapping");
        else if (format == StatementFormat.Mt940)
            new Mt940Statement(reading).Read(text);
        else if (MappingInput.Read(Mapping!, format == StatementFormat.Settlement, faults) is { } mapping)
            await new CsvStatement(mapping, format == StatementFormat.Settlement, reading).ReadAsync(text, faults, cancellationToken);
        foreach (var fault in reading.Faults)
            faults.Add(Field, fault);
        return faults.Any ? faults.ToError() : reading;
    }
}
