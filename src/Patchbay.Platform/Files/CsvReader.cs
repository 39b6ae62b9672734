using System.Text;

namespace Patchbay.Platform.Files;

/// <summary>One record of a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault);

/// <summary>
/// Reads comma-separated values as they come (RFC 4180), without ever holding more than a record. Empty lines are passed over.
/// </summary>
/// <param name="maxFields">In one record.</param>
/// <param name="delimiter">Instead of the comma.</param>
public sealed class CsvReader(TextReader reader, int maxFields = 20, char delimiter = ',')
{
    public const int MaxField = 1_000;

    private const int End = -1;
    private const char ByteOrderMark = '\uFEFF';

    private readonly char[] _buffer = new char[16 * 1024];
    private int _position;
    private int _length;
    private bool _begun;
    private int _line = 1;

    /// <summary>Null at the end.</summary>
    public async Task<CsvRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await PeekAsync(cancellationToken) == End)
                return null;
            var line = _line;
            var (fields, fault) = await ReadRecordAsync(cancellationToken);
            if (fault is not null || fields is not [{ Length: 0 }])
                return new CsvRecord(line, fields, fault);
        }
    }

    private async Task<(List<string> Fields, string? Fault)> ReadRecordAsync(CancellationToken cancellationToken)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var closed = false;
        while (true)
        {
            var read = await NextAsync(cancellationToken);
            if (await EndsRecordAsync(read, cancellationToken))
            {
                fields.Add(field.ToString());
                return (fields, null);
            }

            if (read == delimiter)
            {
                fields.Add(field.ToString());
                field.Clear();
                closed = false;
            }
            else if (read == '"' && field.Length == 0 && !closed)
            {
                closed = true;
                if (!await ReadQuotedAsync(field, cancellationToken))
                    return (fields, "has a quote that is not closed");
            }
            else if (read == '"' || closed)
            {
                return (fields, await SkipAsync("has a quote within a field, or text after a closing quote", cancellationToken));
            }
            else
            {
                field.Append((char)read);
            }

            if (field.Length > MaxField || fields.Count > maxFields)
                return (
                    fields,
                    await SkipAsync($"has a field of more than {MaxField} characters, or more than {maxFields} fields", cancellationToken));
        }
    }

    private async ValueTask<bool> EndsRecordAsync(int read, CancellationToken cancellationToken)
    {
        if (read == '\r' && await PeekAsync(cancellationToken) is '\n' or End)
            read = await NextAsync(cancellationToken);
        return read is End or '\n';
    }

    /// <summary>Up to the closing quote, or until there is too much of it. False when the file ends before.</summary>
    private async Task<bool> ReadQuotedAsync(StringBuilder field, CancellationToken cancellationToken)
    {
        while (field.Length <= MaxField)
        {
            var read = await NextAsync(cancellationToken);
            if (read == End)
                return false;
            if (read != '"')
                field.Append((char)read);
            else if (await PeekAsync(cancellationToken) == '"')
                field.Append((char)await NextAsync(cancellationToken));
            else
                return true;
        }

        return true;
    }

    /// <summary>Goes to the begin of the next line.</summary>
    private async Task<string> SkipAsync(string fault, CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is not ('\n' or End))
        {
        }

        return fault;
    }

    private ValueTask<int> PeekAsync(CancellationToken cancellationToken) =>
        _position < _length ? ValueTask.FromResult<int>(_buffer[_position]) : FillAsync(cancellationToken);

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        var next = await PeekAsync(cancellationToken);
        if (next == End)
            return End;
        _position++;
        if (next == '\n')
            _line++;
        return next;
    }

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        _position = 0;
        _length = await reader.ReadAsync(_buffer.AsMemory(), cancellationToken);
        if (!_begun && _length > 0 && _buffer[0] == ByteOrderMark)
        {
            _begun = true;
            return ++_position < _length ? _buffer[_position] : await FillAsync(cancellationToken);
        }

        _begun = true;
        return _length == 0 ? End : _buffer[0];
    }
}
