namespace Patchbay.Platform.Access;

/// <summary>
/// What a key may do: <c>read:RESOURCE</c>, <c>write:RESOURCE</c> (which includes reading it), <c>read:*</c>, or <c>*</c>.
/// </summary>
public static class Permissions
{
    public const string All = "*";

    /// <summary>
    /// Creates tenants and sees their names, nothing else. Only keys of the platform itself have it; <c>*</c> does not include it.
    /// </summary>
    public const string Platform = "platform";

    /// <summary>For endpoints that any good key may use. Nobody is granted it.</summary>
    public const string AnyKey = "";

    /// <summary>Whether one of the granted words covers what an endpoint asks for, or another word that is to be granted.</summary>
    public static bool Allow(IReadOnlyList<string> granted, string required)
    {
        if (required == AnyKey)
            return true;
        foreach (var word in granted)
        {
            if (word == required || word == All && required != Platform)
                return true;
            if (required.StartsWith("read:", StringComparison.Ordinal)
                && (word == "read:*" || word.AsSpan().StartsWith("write:") && word.AsSpan(6).SequenceEqual(required.AsSpan(5))))
                return true;
        }

        return false;
    }
}
