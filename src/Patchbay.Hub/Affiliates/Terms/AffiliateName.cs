using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>The names that tenants and affiliates give: of affiliates, leads and customers.</summary>
internal static class AffiliateName
{
    private const int Max = 100;

    /// <summary>1 to 100 visible characters, blanks within allowed.</summary>
    public static void Check(string? text, string field, Faults faults)
    {
        faults.Text(text, field, Max);
        if (!faults.Concern(field))
            faults.OptionalName(text, field, Max);
    }
}
