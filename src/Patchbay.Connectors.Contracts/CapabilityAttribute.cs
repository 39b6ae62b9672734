namespace Patchbay.Connectors.Contracts;

/// <summary>Gives an interface the word by which manifests and routing rules call it.</summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class CapabilityAttribute(string word) : Attribute
{
    /// <summary>Lower case with underscores, for example <c>send_sms</c>.</summary>
    public string Word { get; } = word;
}
