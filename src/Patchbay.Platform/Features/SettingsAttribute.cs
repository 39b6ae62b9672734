namespace Patchbay.Platform.Features;

/// <summary>
/// Settings of a feature under <c>Patchbay:SECTION</c>: read at the start, checked by their annotations together with all others, and in
/// the container as they are. The class needs a constructor without parameters, and has its defaults beside its properties.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsAttribute(string section) : Attribute
{
    public string Section { get; } = section;
}
