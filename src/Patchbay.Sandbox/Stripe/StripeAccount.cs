using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>What belongs to one secret key: to the sandbox every key is an account of its own.</summary>
internal sealed class StripeAccount(string key, int idempotencyKeysKept)
{
    private volatile StripeEndpoint[] _endpoints = [];

    public string Key { get; } = key;

    /// <summary>Where payouts go that name no destination.</summary>
    public string BankAccount { get; } = "ba_" + key[(key.LastIndexOf('_') + 1)..];

    public bool Livemode { get; } = key.Contains("_live_", StringComparison.Ordinal);

    public IdempotencyKeys Idempotency { get; } =
        new(idempotencyKeysKept, StripeErrors.IdempotencyKeyReused, StripeErrors.IdempotencyKeyInUse);

    public IReadOnlyList<StripeEndpoint> Endpoints => _endpoints;

    public void Add(StripeEndpoint endpoint)
    {
        lock (Idempotency)
            _endpoints = [.. _endpoints, endpoint];
    }

    public bool Remove(string endpointId)
    {
        lock (Idempotency)
        {
            var left = _endpoints.Where(endpoint => endpoint.Id != endpointId).ToArray();
            var removed = left.Length < _endpoints.Length;
            _endpoints = left;
            return removed;
        }
    }
}
