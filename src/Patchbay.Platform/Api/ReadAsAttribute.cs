namespace Patchbay.Platform.Api;

/// <summary>
/// What is in a field that is taken as any JSON, or as text, for the documentation; <see cref="decimal"/> for a decimal text.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReadAsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
