namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Marks a class as (part of) the connector of one provider. The class implements the capability interfaces it has, takes a
/// <see cref="ProviderHttp"/> in its constructor, or nothing, and is made anew for each attempt. The manifest
/// <c>NAME.yaml</c> is an embedded resource of the same assembly.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProviderAttribute(string name) : Attribute
{
    /// <summary>As in the manifest, lower case.</summary>
    public string Name { get; } = name;
}
