namespace Patchbay.Connectors.Contracts;

/// <summary>A payout to carry out.</summary>
/// <param name="PayoutId">The hub's id (<c>pyo_...</c>), to be echoed by the provider.</param>
/// <param name="Reference">The caller's own reference, 1 to 200 characters.</param>
/// <param name="CustomerId">The caller's own id of who is paid; null when none was given.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null when none was given.</param>
/// <param name="AcceptedAt">Since when the provider may have it: a look-up need not go further back. Null: not known.</param>
public sealed record PayoutRequest(
    string PayoutId, string IdempotencyKey, Money Amount, string Reference, PayoutDestination Destination, string? CustomerId,
    string? Country, DateTimeOffset? AcceptedAt = null);

/// <summary>Names a payout that the provider knows.</summary>
public sealed record PayoutHandle(string PayoutId, string ProviderReference);

/// <summary>Completes a payout whose receiver has said where it goes.</summary>
/// <param name="Amount">What may leave: another one that the provider asks for is not completed.</param>
public sealed record CompletePayoutRequest(PayoutHandle Payout, string IdempotencyKey, Money Amount);

/// <summary>What money goes to.</summary>
public enum PayoutMethod
{
    BankAccount,
    CardToken,
    Wallet,
    ProviderReference,

    /// <summary>The receiver says it to the provider, on a page or in a script of the provider's.</summary>
    Cashier,
}

/// <summary>Where the money goes. What does not belong to the method is null.</summary>
public sealed record PayoutDestination(PayoutMethod Type)
{
    /// <summary>Who holds the account, the card or the wallet; null when it was not given.</summary>
    public string? Holder { get; init; }

    /// <summary>Of a bank account: without spaces, its check digits are right. Else null, and the account number is there.</summary>
    public string? Iban { get; init; }

    /// <summary>Of a bank account without an IBAN.</summary>
    public string? AccountNumber { get; init; }

    /// <summary>Of the bank (IFSC, ABA, sort code), where the account number needs one.</summary>
    public string? RoutingCode { get; init; }

    public string? Bic { get; init; }

    public string? BankName { get; init; }

    /// <summary>Of the bank: ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Of a wallet: the address, number or handle of its owner.</summary>
    public string? Account { get; init; }

    /// <summary>Of a card: the provider's token. Of a provider's reference: the provider's own name for it.</summary>
    public string? Reference { get; init; }
}
