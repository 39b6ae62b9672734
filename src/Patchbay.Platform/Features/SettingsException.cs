namespace Patchbay.Platform.Features;

/// <summary>Settings that cannot be used; the message lists every fault.</summary>
public sealed class SettingsException(string message) : Exception(message)
{
    public SettingsException(IEnumerable<string> faults)
        : this(string.Join(Environment.NewLine, faults))
    {
    }
}
