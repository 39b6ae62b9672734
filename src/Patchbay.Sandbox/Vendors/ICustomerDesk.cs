namespace Patchbay.Sandbox.Vendors;

/// <summary>A vendor whose customers pay on a page of its own, and can be told what to do there.</summary>
public interface ICustomerDesk
{
    /// <summary>The customer pays; false when no such payment waits for it.</summary>
    bool Pay(string id);

    /// <summary>The customer's bank declines; false when no such payment waits for it.</summary>
    bool Decline(string id);

    /// <summary>What the page shows; null when there is no such payment.</summary>
    PayView? Show(string id);
}

/// <summary>A payment as its customer sees it.</summary>
/// <param name="Amount">In major units, with the currency.</param>
/// <param name="What">What is paid for.</param>
/// <param name="IsOpen">Whether there is something left to do.</param>
/// <param name="ReturnUrl">Where a customer who has paid goes on; null for nowhere.</param>
public sealed record PayView(string Amount, string What, bool IsOpen, string? ReturnUrl);
