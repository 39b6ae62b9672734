using System.Collections.Concurrent;

namespace Patchbay.Platform.Operations;

/// <summary>Every action that the features of this hub declare, by its name.</summary>
public sealed class ActionRegistry
{
    private readonly ConcurrentDictionary<string, DeclaredAction> _byName = new(StringComparer.Ordinal);

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<DeclaredAction> All => [.. _byName.Values.OrderBy(action => action.Name, StringComparer.Ordinal)];

    /// <summary>Null when there is none of this name.</summary>
    public DeclaredAction? Find(string name) => _byName.GetValueOrDefault(name);

    internal void Add(DeclaredAction action)
    {
        if (!_byName.TryAdd(action.Name, action))
            throw new InvalidOperationException($"Two actions are named {action.Name}.");
    }
}
