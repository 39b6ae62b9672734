using System.Runtime.CompilerServices;

namespace Patchbay.TestKit;

/// <summary>Waits in real time for what another thread or process does; for everything else there is <see cref="ManualTime"/>.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static Task BecomesAsync(
        Func<Task<bool>> condition, TimeSpan timeout, CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(condition))] string text = "") =>
        BecomesAsync(condition, timeout, Pause, cancellationToken, text);

    /// <inheritdoc cref="BecomesAsync(Func{Task{bool}}, TimeSpan, CancellationToken, string)"/>
    public static Task BecomesAsync(
        Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(condition))] string text = "") =>
        BecomesAsync(() => Task.FromResult(condition()), timeout, Pause, cancellationToken, text);

    internal static async Task BecomesAsync(
        Func<Task<bool>> condition, TimeSpan timeout, TimeSpan pause, CancellationToken cancellationToken, string text = "the condition")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > timeout)
                throw new TimeoutException($"Not within {timeout.TotalSeconds:0.#} s: {text}");
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }
}
