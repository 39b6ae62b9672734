namespace Patchbay.Sandbox.Stripe.Wire;

internal static class StripeMethods
{
    public static readonly IReadOnlyList<string> Card = ["card"];
}
