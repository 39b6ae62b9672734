using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Looks through Mollie's lists, newest first, for what an answer that was lost may have made.</summary>
/// <remarks>Source: https://docs.mollie.com/reference/pagination. A page begins with the object that <c>from</c> names.</remarks>
internal static class MollieSearch
{
    /// <summary>Of 100; what is looked for was made minutes ago.</summary>
    private const int MaxPages = 30;

    /// <summary>The one for which it holds; null when there is certainly none.</summary>
    /// <param name="isOlder">Those that follow cannot be it.</param>
    public static async Task<Result<T?, ProviderFailure>> FindAsync<T>(
        this ProviderHttp http, string path, Func<MollieLists, IReadOnlyList<T>?> list, Func<T, bool> isIt, Func<T, bool> isOlder,
        Func<T, string> id, Connection connection, CancellationToken cancellationToken)
        where T : class
    {
        var from = "";
        for (var page = 0; page < MaxPages; page++)
        {
            using var message = MollieMessage.Get($"{path}?limit=100{from}", connection);
            var read = await http.SendAsync(message, MollieJson.Default.MolliePage, MollieFailures.Classify, cancellationToken);
            if (!read.IsSuccess)
                return read.Error;
            var items = list(read.Value.Embedded) ?? [];
            if (items.FirstOrDefault(isIt) is { } found)
                return found;
            if (read.Value.Links?.Next is null || items is not [.., var last] || isOlder(last))
                return new Result<T?, ProviderFailure>((T?)null);
            from = "&from=" + Uri.EscapeDataString(id(last));
        }

        return new ProviderFailure(
            FailureOutcome.Transient, FailureCause.Provider, "too_many_to_look_up",
            $"{MaxPages} pages of {path} did not have it, and there are more.");
    }
}
