namespace Patchbay.CoyoteTests;

/// <summary>What must hold in every schedule did not hold in this one.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void Unless(bool kept, string promise)
    {
        if (!kept)
            throw new BrokenPromiseException(promise);
    }
}
