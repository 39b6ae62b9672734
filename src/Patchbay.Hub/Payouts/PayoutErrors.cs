using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payouts;

/// <summary>What keeps a payout from leaving.</summary>
internal static class PayoutErrors
{
    public static readonly ErrorCode Disabled = new(409, "payouts_disabled", "the kill switch is off: no payout leaves");
    public static readonly ErrorCode NoWebhookSecret = new(
        409, "webhook_secret_missing", "the provider's word on the payout could not be trusted");
    public static readonly ErrorCode ClosedLoop = new(
        422, "closed_loop", "money goes back first to where the customer paid in, up to what came in");
    public static readonly ErrorCode SamePerson = new(403, "second_person_required", "who proposed it cannot decide about it");
}
