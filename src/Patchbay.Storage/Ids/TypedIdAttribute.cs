namespace Patchbay.Storage;

/// <summary>
/// Declares an id, whose members are generated:
/// <c>[TypedId("msg")] public readonly partial record struct MessageId : ITypedId&lt;MessageId&gt;;</c>
/// </summary>
/// <param name="prefix">Lower-case letters before the underscore.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class TypedIdAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}
