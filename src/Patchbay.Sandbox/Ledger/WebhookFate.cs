namespace Patchbay.Sandbox.Ledger;

public enum WebhookFate
{
    Due,
    Delivered,
    AttemptFailed,
    GivenUp,
    Withheld,
}
