using System.Net.Sockets;

namespace Patchbay.Connectors.Contracts;

/// <summary>What is known of a request that got no answer.</summary>
public static class NetworkFailures
{
    /// <summary>
    /// Nothing was written when the name did not resolve, the connection was refused or the TLS handshake failed: that is transient, and
    /// nothing happened. Anything else may have come after the request was sent, so what became of it is unknown.
    /// </summary>
    public static ProviderFailure Of(Exception exception)
    {
        var causes = Causes(exception).ToList();
        var error = (exception as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
        var neverSent =
            error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            || causes.Any(cause => cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused });
        var message = string.Join(": ", causes.Select(cause => cause.Message).Distinct());
        return neverSent
            ? new ProviderFailure(FailureOutcome.Transient, FailureCause.Provider, "connect_failed", message) { NothingHappened = true }
            : new ProviderFailure(FailureOutcome.Unknown, FailureCause.Provider, "connection_lost", message);
    }

    public static ProviderFailure TimedOut(TimeSpan limit) =>
        new(FailureOutcome.Unknown, FailureCause.Provider, "timeout", $"No complete answer within {limit.TotalSeconds:0.#} s.");

    /// <summary>The exception and what caused it, outermost first.</summary>
    public static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
