namespace Patchbay.Platform.Api;

/// <summary>Texts of others in sentences of the hub's own.</summary>
public static class Sentence
{
    /// <summary>With a full stop at its end, unless there is one or the like already.</summary>
    public static string Of(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.EndsWith('.') || trimmed.EndsWith('!') || trimmed.EndsWith('?') ? trimmed : trimmed + ".";
    }
}
