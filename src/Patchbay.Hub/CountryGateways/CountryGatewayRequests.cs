using System.ComponentModel.DataAnnotations;

namespace Patchbay.Hub.CountryGateways;

/// <summary>Sets who takes the payments of a country and who pays out there. What is left out is nobody.</summary>
/// <param name="DepositGateway">A provider of which there is one integration in the mode of the key, or the id of an integration.</param>
/// <param name="WithdrawalGateway">As <c>deposit_gateway</c>, for payouts.</param>
/// <param name="IsActive">True by default.</param>
/// <param name="Note">For people; at most 500 characters.</param>
/// <example>{"deposit_gateway":"stripe","note":"as agreed in May"}</example>
public sealed record SetCountryGatewayRequest(
    string? DepositGateway = null, string? WithdrawalGateway = null, bool IsActive = true, string? Note = null);

/// <summary>Asks what a change would do, by the payments of the last seven days.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, or <c>*</c>.</param>
/// <param name="DepositGateway">As it would be; null: nobody.</param>
/// <example>{"country":"BR","deposit_gateway":"stripe"}</example>
public sealed record PreviewCountryGatewayRequest([Required] string? Country = null, string? DepositGateway = null);
