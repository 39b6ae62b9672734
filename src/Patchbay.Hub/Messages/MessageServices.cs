using Patchbay.Hub.Suppressions;

namespace Patchbay.Hub.Messages;

/// <summary>What every delivery of a message uses of the feature, in one piece.</summary>
internal sealed record MessageServices(MessageChanges Changes, LostMessages Lost, SuppressionList Suppressions);
