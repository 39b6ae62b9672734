using System.Runtime.CompilerServices;

namespace Patchbay.Client;

/// <summary>What all pages of lists have.</summary>
public interface IPage
{
    string? NextCursor { get; }
    bool? HasMore { get; }
}

/// <summary>Lists as a whole.</summary>
public static class Pages
{
    /// <summary>Reads page after page, each when the one before is used up.</summary>
    /// <param name="read">Asks for the page at a cursor, which is null for the first one.</param>
    /// <param name="items">What is on a page.</param>
    public static async IAsyncEnumerable<T> All<TPage, T>(
        Func<string?, CancellationToken, Task<TPage?>> read, Func<TPage, IEnumerable<T>?> items,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TPage : class, IPage
    {
        string? cursor = null;
        while (await read(cursor, cancellationToken).ConfigureAwait(false) is { } page)
        {
            foreach (var item in items(page) ?? [])
                yield return item;
            if (page is not { HasMore: true, NextCursor: { } next })
                yield break;
            cursor = next;
        }
    }
}
