namespace Patchbay.Engine;

/// <summary>What an attempt came to, for its lane.</summary>
/// <param name="Moved">
/// Null when the delivery is out of this node's hands; otherwise it has moved to another lane and is still leased here.
/// </param>
/// <param name="DestinationFailed">Null when the call was not made, or says nothing about the destination.</param>
/// <param name="Pause">How long nothing more is to go there; null: no longer than the breaker says.</param>
/// <param name="Refused">The destination answered, and refused.</param>
/// <param name="Took">The call; null when none was made.</param>
internal readonly record struct AttemptEnd(
    Delivery? Moved, bool? DestinationFailed, TimeSpan? Pause, bool Refused, TimeSpan? Took)
{
    public static AttemptEnd NotMade => default;
}
