using System.Collections.Frozen;

namespace Patchbay.Hub.Access;

/// <summary>What a key may do: <c>read:RESOURCE</c>, <c>write:RESOURCE</c> (which includes reading it), <c>read:*</c>, or <c>*</c>.</summary>
public static class Permissions
{
    public const string All = "*";
    public const string Platform = "platform";

    public static readonly FrozenSet<string> Resources = FrozenSet.Create(
        "integrations", "routing", "payments", "messages", "deliveries", "events", "inbox", "keys", "audit");

    /// <summary>True for words a tenant's key may carry.</summary>
    public static bool IsKnown(string permission) =>
        permission is All or "read:*"
        || permission.Split(':') is ["read" or "write", var resource] && Resources.Contains(resource);

    /// <summary>Whether one of the granted words covers what an endpoint asks for.</summary>
    public static bool Allow(IReadOnlyList<string> granted, string required)
    {
        foreach (var word in granted)
        {
            if (word == required || word == All && required != Platform)
                return true;
            if (required.StartsWith("read:", StringComparison.Ordinal) && (word == "read:*" || word.AsSpan().StartsWith("write:") && word.AsSpan(6).SequenceEqual(required.AsSpan(5))))
                return true;
        }

        return false;
    }
}
