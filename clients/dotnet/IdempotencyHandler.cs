using System.Security.Cryptography;

namespace Patchbay.Client;

/// <summary>Gives what changes something an <c>Idempotency-Key</c> unless the caller did: the same one for all tries of a call.</summary>
internal sealed class IdempotencyHandler : DelegatingHandler
{
    public const string Key = "Idempotency-Key";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && !request.Headers.Contains(Key))
            request.Headers.Add(Key, RandomNumberGenerator.GetHexString(32, lowercase: true));
        return base.SendAsync(request, cancellationToken);
    }
}
