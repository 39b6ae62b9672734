namespace Patchbay.Engine;

/// <summary>Names a lane by the id of its destination: an integration or a webhook endpoint.</summary>
public readonly record struct LaneId(Guid Value);
