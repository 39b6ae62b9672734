namespace Patchbay.TestKit;

/// <summary>How much is tried: <c>PATCHBAY_TESTS=quick</c> leaves out what takes minutes, <c>long</c> tries everything.</summary>
public static class TestForm
{
    private static readonly string? s_form = Environment.GetEnvironmentVariable("PATCHBAY_TESTS");

    public static bool IsQuick { get; } = s_form == "quick";

    public static bool IsLong { get; } = s_form == "long";
}
