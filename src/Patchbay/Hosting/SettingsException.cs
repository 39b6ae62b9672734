namespace Patchbay.Hosting;

/// <summary>Settings that cannot be used; the message lists every fault.</summary>
internal sealed class SettingsException(string message) : Exception(message);
