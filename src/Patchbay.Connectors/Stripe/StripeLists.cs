using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Reads Stripe's lists, newest first.</summary>
/// <remarks>Source: https://docs.stripe.com/api/pagination.</remarks>
internal static class StripeLists
{
    /// <summary>Of 100; what is looked for was made minutes ago.</summary>
    private const int MaxPages = 30;

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>From when on to list what was accepted then, in Unix seconds; all of it when that is not known.</summary>
    public static long Since(DateTimeOffset? acceptedAt) => acceptedAt is { } at ? (at - ClocksDiffer).ToUnixTimeSeconds() : 0;

    /// <summary>What a look-up comes to: the state of the one for which it holds; null when there is certainly none.</summary>
    /// <param name="path">With a query that narrows it down.</param>
    public static async Task<Result<TState?, ProviderFailure>> LookUpAsync<T, TState>(
        this ProviderHttp http, string path, JsonTypeInfo<StripeList<T>> json, Func<T, bool> isIt,
        Func<T, Result<TState, ProviderFailure>> state, Connection connection, CancellationToken cancellationToken)
        where T : class, IStripeObject
        where TState : class
    {
        var from = "";
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await http.ListAsync(path + from, json, connection, cancellationToken);
            if (!read.IsSuccess)
                return read.Error;
            if (read.Value.Data.FirstOrDefault(isIt) is { } found)
                return state(found).Map(known => (TState?)known);
            if (!read.Value.HasMore || read.Value.Data is not [.., var last])
                return new Result<TState?, ProviderFailure>((TState?)null);
            from = "&starting_after=" + Uri.EscapeDataString(last.Id);
        }

        return new ProviderFailure(
            FailureOutcome.Transient, FailureCause.Provider, "too_many_to_look_up",
            $"{MaxPages} pages of {path} did not have it, and there are more.");
    }

    public static async Task<Result<StripeList<T>, ProviderFailure>> ListAsync<T>(
        this ProviderHttp http, string path, JsonTypeInfo<StripeList<T>> json, Connection connection, CancellationToken cancellationToken)
        where T : class, IStripeObject
    {
        using var message = StripeMessage.Get(path + "&limit=100", connection);
        return await http.SendAsync(message, json, StripeFailures.Classify, cancellationToken);
    }
}
