using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Asks PowerTranz what it has. Answers to this show no <c>Approved</c>; the code tells.</summary>
/// <remarks>Source: https://developer.powertranz.com (transaction queries). A list is a JSON array, unconfirmed.</remarks>
internal static class PowerTranzTransactions
{
    private const int PageSize = 20;

    /// <summary>Null when there is no such transaction: 404, or an answer without one (unconfirmed which).</summary>
    public static async Task<Result<PowerTranzTransaction?, ProviderFailure>> FindAsync(
        this ProviderHttp http, string transaction, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PowerTranzMessage.Get("transactions/" + Uri.EscapeDataString(transaction), connection);
        var reply = await http.SendAsync(message, PowerTranzFailures.Classify, cancellationToken);
        if (reply.Error is { HttpStatus: 404, Cause: FailureCause.Request } || reply is { IsSuccess: true, Value.Body.Length: 0 })
            return new((PowerTranzTransaction?)null);
        return reply.Then(read => ProviderHttp.Read(read, PowerTranzJson.Default.PowerTranzTransaction))
            .Map(told => told.IsoResponseCode is null && told.TransactionIdentifier is null ? null : told);
    }

    /// <summary>Of a payment: its tries, and what captured, voided and refunded them.</summary>
    public static async Task<Result<IReadOnlyList<PowerTranzTransaction>, ProviderFailure>> ListAsync(
        this ProviderHttp http, string payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PowerTranzMessage.Get(
            $"transactions/search?orderIdentifier={Uri.EscapeDataString(payment)}&page=1&pageSize={PageSize}", connection);
        return await http.SendAsync(message, PowerTranzJson.Default.Transactions, PowerTranzFailures.Classify, cancellationToken);
    }

    /// <summary>
    /// What was made under a name of the hub's; null when it is certain that nothing was. A list of things without a name, without the
    /// payment itself, or as long as a page, proves nothing.
    /// </summary>
    /// <param name="original">The payment's own transaction.</param>
    public static Result<PowerTranzTransaction?, ProviderFailure> Named(
        this IReadOnlyList<PowerTranzTransaction> listed, string name, string original, string payment)
    {
        var others = listed.Where(one => !IsSame(one.TransactionIdentifier, original)).ToList();
        var approved = others.Where(one => one.IsoResponseCode == PowerTranzMapping.Approved).ToList();
        if ((approved.Find(one => one.ExternalIdentifier == name) ?? others.Find(one => one.ExternalIdentifier == name)) is { } found)
            return found;
        var isWhole = others.Count < listed.Count && listed.Count < PageSize;
        if (!isWhole || approved.Exists(one => string.IsNullOrEmpty(one.ExternalIdentifier)))
            return PowerTranzFailures.NotToBeFound(name, payment);
        return new((PowerTranzTransaction?)null);
    }

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
