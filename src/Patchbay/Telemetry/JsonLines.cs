using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Telemetry;

/// <summary>One JSON object a line for each event, with the values of its message.</summary>
internal sealed class JsonLines(TimeProvider time) : ConsoleFormatter(ConsoleFormatterNames.Json)
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", time.GetUtcNow().ToString(LogLines.TimeFormat, CultureInfo.InvariantCulture));
            json.WriteNumber("EventId", logEntry.EventId.Id);
            json.WriteString("LogLevel", logEntry.LogLevel.ToString());
            json.WriteString("Category", logEntry.Category);
            json.WriteString("Message", logEntry.Message);
            if (logEntry.Fault is { } fault)
                json.WriteString("Exception", fault);
            if (LogLines.Trace is { } trace)
                json.WriteString("trace_id", trace);
            WriteValues(json, logEntry.State);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            return;
        json.WriteStartObject("State");
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            var shown = text is null ? null : Redaction.Text(text);
            if (value is int or long && shown == text)
                json.WriteRawValue(shown!);
            else if (value is bool flag)
                json.WriteBooleanValue(flag);
            else
                json.WriteStringValue(shown);
        }

        json.WriteEndObject();
    }
}
