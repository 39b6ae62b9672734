namespace Patchbay.Sandbox.Vendors;

/// <summary>Which account a request says it acts for, and by what.</summary>
/// <param name="Secret">Opens the account unless it says that it is wrong.</param>
/// <param name="Signs">Whether what the account is told is signed with that secret from now on.</param>
public sealed record AccountClaim(string Account, string Secret, bool Signs = true);
