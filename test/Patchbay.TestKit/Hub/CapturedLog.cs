using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Patchbay.TestKit;

/// <summary>One line that was logged.</summary>
public sealed record LogLine(string Category, LogLevel Level, string Text, Exception? Exception);

/// <summary>Keeps what was logged instead of printing it.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private const int MaxLines = 100_000;

    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => _lines.ToArray();

    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // What was logged stays readable after the host has gone.
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue(new LogLine(category, logLevel, formatter(state, exception), exception));
            while (log._lines.Count > MaxLines)
                log._lines.TryDequeue(out _);
        }
    }
}
