namespace Patchbay.Sandbox.Ledger;

internal enum WebhookFate
{
    Due,
    Delivered,
    AttemptFailed,
    GivenUp,
    Withheld,
}
