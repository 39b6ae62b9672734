namespace Patchbay.Connectors.Contracts;

/// <summary>What the payer is told who pays by themselves, from their bank or wallet: no provider takes the money from them.</summary>
/// <param name="Reference">What they have to give along, by which the money is found.</param>
/// <param name="Lines">Where the money goes, in the order in which it is shown.</param>
/// <param name="ExpiresAt">Until when it is waited for.</param>
public sealed record PayerInstructions(string Reference, IReadOnlyList<InstructionLine> Lines, DateTimeOffset ExpiresAt)
{
    /// <summary>In <see cref="PaymentHandle.ProviderData"/> once the payer says that they have paid: it is waited for longer.</summary>
    public const string ClaimedAt = "claimed_at";

    /// <summary>In the merchant's words; null when there are none.</summary>
    public string? Text { get; init; }

    /// <summary>What a QR code says that banking apps fill the transfer in from; null when there is none.</summary>
    public string? QrText { get; init; }

    /// <summary>The payer tells when they have paid, and the number that their bank or wallet gave it.</summary>
    public bool AsksForProof { get; init; }
}

/// <summary>One fact of the instructions, as it is written.</summary>
/// <param name="Label">In English, such as <c>Account number</c>.</param>
public sealed record InstructionLine(string Label, string Value);
