namespace Patchbay.Connectors.Contracts;

/// <summary>What a provider charges its customer, who runs the hub, for one thing that it did.</summary>
/// <param name="Kind">What for, in a word, for example <c>message</c> or <c>fee</c>: there is one line of a kind for what the provider has
/// under one reference, and what is told last of it counts.</param>
/// <param name="Amount">In major units, with up to six decimals; below zero when it is paid back. Zero tells nothing.</param>
public sealed record CostLine(string Kind, decimal Amount, Currency Currency)
{
    /// <summary>One line, or none when the provider does not tell (yet), or not in numbers.</summary>
    public static IReadOnlyList<CostLine> Read(string kind, string? amount, string? currency) =>
        PlainDecimal.TryParse(amount, out var number) && Contracts.Currency.TryParse(currency, out var known)
            ? [new CostLine(kind, number, known)] : [];
}

/// <summary>An answer or a report of a provider that may tell what it charges.</summary>
public interface ITellCosts
{
    /// <summary>Under which the provider has what it charges for.</summary>
    string ProviderReference { get; }

    /// <summary>Those that it tells of; empty when it tells of none.</summary>
    IReadOnlyList<CostLine> Costs { get; }
}
