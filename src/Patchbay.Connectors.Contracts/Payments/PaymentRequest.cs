namespace Patchbay.Connectors.Contracts;

/// <summary>Whether money is taken at once or reserved first.</summary>
public enum CaptureMethod
{
    Automatic,
    Manual,
}

/// <summary>The person paying; every part may be null.</summary>
public sealed record Customer(string? Id, string? Name, string? Email, string? Phone);

/// <summary>What a customer has saved with the provider to pay with.</summary>
/// <param name="Token">The provider's name of it.</param>
/// <param name="Customer">The provider's name of the customer it belongs to; null where it belongs to none.</param>
public sealed record SavedMethod(string Token, string? Customer);

/// <summary>A payment to start.</summary>
/// <param name="PaymentId">The hub's id (<c>pay_...</c>); goes to the provider as reference and comes back in its webhooks.</param>
/// <param name="IdempotencyKey">The same for every attempt of the same operation; at most 64 characters.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Reference">The caller's own reference, for statements and dashboards.</param>
/// <param name="ReturnUrl">Where the customer goes after paying; null asks for a payment to be completed in the caller's own page.</param>
/// <param name="CancelUrl">Null means <paramref name="ReturnUrl"/>.</param>
/// <param name="AcceptedAt">Since when the provider may have it: a look-up need not go further back. Null: not known.</param>
/// <param name="Method">Charged without a page, by providers whose manifest says <c>saved_methods</c>. With
/// <paramref name="ReturnUrl"/> the customer is there, and may be asked by their bank; without it they are not. Null: the customer chooses.
/// </param>
public sealed record PaymentRequest(
    string PaymentId,
    string IdempotencyKey,
    Money Amount,
    string Reference,
    CaptureMethod Capture,
    string? Description = null,
    Customer? Customer = null,
    string? Country = null,
    Uri? ReturnUrl = null,
    Uri? CancelUrl = null,
    DateTimeOffset? AcceptedAt = null,
    SavedMethod? Method = null);

/// <summary>Names a payment that was started before.</summary>
/// <param name="ProviderReference">What <see cref="PaymentState.ProviderReference"/> last was.</param>
/// <param name="ProviderData">All of what <see cref="PaymentState.ProviderData"/> said so far.</param>
/// <param name="Amount">Of the whole payment.</param>
public sealed record PaymentHandle(
    string PaymentId, string ProviderReference, IReadOnlyDictionary<string, string> ProviderData, Money Amount);

/// <summary>Completes a payment that its customer has agreed to.</summary>
/// <param name="Capture">Whether the money is taken now or only reserved.</param>
public sealed record CompleteRequest(PaymentHandle Payment, string IdempotencyKey, CaptureMethod Capture);

/// <summary>Captures a reserved payment.</summary>
/// <param name="Amount">At most what was authorised; the rest is released.</param>
public sealed record CaptureRequest(PaymentHandle Payment, string IdempotencyKey, Money Amount);

/// <summary>Gives up a payment that was not captured yet.</summary>
public sealed record CancelRequest(PaymentHandle Payment, string IdempotencyKey);
