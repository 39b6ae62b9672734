using System.CommandLine;

namespace Patchbay.Commands;

/// <summary>The option that says which tenant: its id or its name.</summary>
internal static class TenantName
{
    public static Option<string?> Option(bool required) => new("--tenant")
    {
        Description = "The tenant's name or id.",
        HelpName = "NAME",
        Required = required,
    };
}
