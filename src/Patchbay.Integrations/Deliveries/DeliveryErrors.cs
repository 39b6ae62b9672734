using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Deliveries;

/// <summary>What a delivery's state does not allow.</summary>
public static class DeliveryErrors
{
    public static readonly ErrorCode Unresolved = new(
        409, "delivery_unresolved", "it is not known whether it was carried out: resolve it first");
    public static readonly ErrorCode NotRetryable = new(409, "delivery_not_retryable", "it is on its way, or what it was for is settled");
    public static readonly ErrorCode NotUnresolved = new(
        409, "delivery_not_unresolved", "its outcome is known: there is nothing to resolve");
    public static readonly ErrorCode Finished = new(409, "delivery_finished", "it is over");
    public static readonly ErrorCode InDoubt = new(409, "delivery_in_doubt", "it may have been carried out, so it cannot be canceled");
}
