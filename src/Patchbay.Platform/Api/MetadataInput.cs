namespace Patchbay.Platform.Api;

/// <summary>The limits of <c>metadata</c>, the same wherever it is taken.</summary>
public static class MetadataInput
{
    public static void Check(IReadOnlyDictionary<string, string>? metadata, Faults faults)
    {
        if (metadata is null)
            return;
        faults.Require(metadata.Count <= 50, "metadata", "has more than 50 entries");
        foreach (var (name, value) in metadata)
        {
            faults.Require(name.Length is >= 1 and <= 40, "metadata", "has a name that is empty or longer than 40 characters");
            faults.Require(value is { Length: <= 500 }, "metadata." + name, "must be a text of at most 500 characters");
        }
    }
}
