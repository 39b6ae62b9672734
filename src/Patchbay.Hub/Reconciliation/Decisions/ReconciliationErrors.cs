using Patchbay.Platform.Api;

namespace Patchbay.Hub.Reconciliation.Decisions;

/// <summary>What a match does not allow.</summary>
internal static class ReconciliationErrors
{
    public static readonly ErrorCode AlreadyMatched = new(409, "already_matched", "another entry stands for it");
}
