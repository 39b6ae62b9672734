using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Patchbay.Telemetry;

/// <summary>One line of text for each event, also when its message or exception has several.</summary>
internal sealed class TextLines(TimeProvider time) : ConsoleFormatter(ConsoleFormatterNames.Simple)
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var now = time.GetUtcNow().ToString(LogLines.TimeFormat, CultureInfo.InvariantCulture);
        var line = $"{now} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {logEntry.Message}";
        if (logEntry.Fault is { } fault)
            line += " " + fault;
        if (LogLines.Trace is { } trace)
            line += " trace_id=" + trace;
        textWriter.WriteLine(line.ReplaceLineEndings(" "));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
