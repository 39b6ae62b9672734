using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Telemetry;

/// <summary>The log on the console, as text or as JSON: each line names the trace it belongs to, and no card number.</summary>
internal static class LogLines
{
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static ILoggingBuilder AddLogLines(this ILoggingBuilder logging)
    {
        logging.AddConsole().Services.RemoveAll<ConsoleFormatter>();
        // The machine's own clock, by which other logs on it go.
        logging.Services.AddSingleton<ConsoleFormatter>(new TextLines(TimeProvider.System));
        logging.Services.AddSingleton<ConsoleFormatter>(new JsonLines(TimeProvider.System));
        return logging;
    }

    /// <summary>Null when what is told of belongs to none.</summary>
    public static string? Trace => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToString() : null;

    extension<TState>(LogEntry<TState> entry)
    {
        public string Message => Redaction.Text(entry.Formatter(entry.State, entry.Exception));

        /// <summary>Null: none.</summary>
        public string? Fault => entry.Exception is { } exception ? Redaction.Text(exception.ToString()) : null;
    }
}
