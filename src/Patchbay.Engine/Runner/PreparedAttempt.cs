namespace Patchbay.Engine;

/// <summary>A call that could be made now, and the feature it belongs to.</summary>
internal readonly record struct PreparedAttempt(IDeliveryHandler Handler, IPreparedCall Call);
