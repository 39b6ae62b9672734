using Patchbay.Storage;

namespace Patchbay.Platform.Loops;

public static class InSteps
{
    /// <summary>Repeats a statement, each time in a transaction of its own, until it finds fewer rows than it may change at once.</summary>
    /// <param name="step">The bound that is in the statement.</param>
    public static async Task ExecuteInStepsAsync(
        this Database database, string sql, int step, object parameters, CancellationToken cancellationToken)
    {
        while (await database.ExecuteAsync(sql, parameters, cancellationToken) >= step)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
