using Microsoft.Extensions.Logging;

namespace Patchbay.Engine;

/// <summary>What the log says of attempts: one line each, and what needs somebody to look at it.</summary>
internal sealed partial class AttemptLog(ILogger<DeliveryRunner> logger)
{
    /// <summary>The wide line of an attempt. What went well is in the database, and a thousand times a second too much for a log.</summary>
    public void LogAttempt(Delivery delivery, Attempt attempt, DeliveryStep step) => LogAttempt(
        attempt.Outcome == AttemptOutcome.Ok ? LogLevel.Debug : LogLevel.Information, delivery.Id, delivery.Capability, attempt.Number,
        attempt.Outcome, attempt.HttpStatus, attempt.Code, attempt.DurationMs, step.GetType().Name);

    [LoggerMessage(
        Message = "Attempt {Number} of {Delivery} ({Capability}): "
            + "{Outcome}, status {HttpStatus}, code {Code}, {DurationMs} ms, then {Step}")]
    private partial void LogAttempt(
        LogLevel level, DeliveryId delivery, string capability, int number, AttemptOutcome outcome, int? httpStatus, string? code,
        int durationMs, string step);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} ({Capability}) could not be prepared; it is tried again soon")]
    public partial void LogPrepareFailed(Exception exception, DeliveryId delivery, string capability);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The outcome of {Delivery} ({Capability}) could not be applied; it is held for a person")]
    public partial void LogApplyFailed(Exception exception, DeliveryId delivery, string capability);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connector threw; its outcome counts as unknown")]
    public partial void LogConnectorThrew(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of {Delivery} could not be committed; trying again")]
    public partial void LogCommitFailed(Exception exception, DeliveryId delivery);
}
