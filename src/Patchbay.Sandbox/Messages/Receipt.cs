using System.Globalization;

namespace Patchbay.Sandbox.Messages;

/// <summary>A status a message reaches some time after it was accepted.</summary>
public sealed record Receipt(TimeSpan After, string Status, int? ErrorCode = null)
{
    /// <summary>The code as it is written into a form; null for none.</summary>
    public string? ErrorText => ErrorCode?.ToString(CultureInfo.InvariantCulture);
}
