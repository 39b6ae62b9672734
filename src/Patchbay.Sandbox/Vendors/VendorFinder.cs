using System.Reflection;

namespace Patchbay.Sandbox.Vendors;

/// <summary>Makes every vendor there is: nothing names one.</summary>
internal static class VendorFinder
{
    /// <exception cref="InvalidOperationException">Two vendors have the same name.</exception>
    public static IReadOnlyList<ISandboxVendor> Find(IEnumerable<Assembly> assemblies, SandboxWorld world)
    {
        var vendors = assemblies.Prepend(typeof(VendorFinder).Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ISandboxVendor)))
            .Select(type => Make(type, world))
            .OrderBy(vendor => vendor.Name, StringComparer.Ordinal)
            .ToList();
        var twice = vendors.CountBy(vendor => vendor.Name).Where(count => count.Value > 1).Select(count => count.Key).ToList();
        return twice.Count == 0
            ? vendors
            : throw new InvalidOperationException($"More than one vendor is called {string.Join(" or ", twice)}.");
    }

    private static ISandboxVendor Make(Type type, SandboxWorld world)
    {
        var takesWorld = type.GetConstructor([typeof(SandboxWorld)]) is not null;
        return (ISandboxVendor)(takesWorld ? Activator.CreateInstance(type, world) : Activator.CreateInstance(type))!;
    }
}
