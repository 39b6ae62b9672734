using Microsoft.Extensions.Logging;

namespace Patchbay.Engine;

/// <summary>What the log says of a node among others.</summary>
internal sealed partial class EngineLog(ILogger<EngineLoops> logger)
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed; it goes on")]
    public partial void LogLoopFailed(Exception exception, string loop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed for {Lane}; it goes on with the others")]
    public partial void LogLaneFailed(Exception exception, string loop, Guid lane);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Delivery} was leased to this node but not in its memory; its outcome counts as unknown")]
    public partial void LogStray(DeliveryId delivery);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A node stood still while it wrote, and others waited for it: {Count} of its database sessions were ended")]
    public partial void LogStalled(int count);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Node} was declared dead by another node and gives up what it held; rejoining as a new one")]
    public partial void LogDeclaredDead(NodeId node);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "This machine's clock is {Seconds:0.0} s ahead of the database's; the hub goes by the database's. "
            + "Run a time service on both")]
    public partial void LogClockOff(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over {Count} deliveries of {Node}")]
    public partial void LogAdopted(int count, NodeId node);
}
