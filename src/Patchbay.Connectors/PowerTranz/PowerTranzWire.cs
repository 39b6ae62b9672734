using System.Text.Json.Serialization;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Opens the hosted page. Amounts are in major units, with two decimals.</summary>
/// <param name="TransactionIdentifier">A GUID of the merchant's, another for each try.</param>
/// <param name="OrderIdentifier">The hub's id of the payment.</param>
/// <param name="ExternalIdentifier">The caller's own reference.</param>
internal sealed record PowerTranzSale(
    string TransactionIdentifier, decimal TotalAmount, string CurrencyCode, bool ThreeDSecure, string OrderIdentifier,
    string ExternalIdentifier, bool AddressMatch, PowerTranzAddress BillingAddress, PowerTranzExtendedData ExtendedData);

internal sealed record PowerTranzAddress(string? FirstName, string? LastName, string? EmailAddress, string? PhoneNumber);

internal sealed record PowerTranzExtendedData(PowerTranzChallenge ThreeDSecure, string MerchantResponseUrl, PowerTranzPage HostedPage);

/// <param name="ChallengeWindowSize">4: 600 by 400 pixels.</param>
/// <param name="ChallengeIndicator">01: no preference.</param>
internal sealed record PowerTranzChallenge(int ChallengeWindowSize, string ChallengeIndicator);

internal sealed record PowerTranzPage(string PageSet, string PageName);

/// <param name="TransactionIdentifier">Of what was authorized.</param>
internal sealed record PowerTranzCapture(string TransactionIdentifier, decimal TotalAmount, string CurrencyCode, string ExternalIdentifier);

internal sealed record PowerTranzVoid(string TransactionIdentifier, string ExternalIdentifier);

/// <param name="TransactionIdentifier">Of what was paid.</param>
/// <param name="ExternalIdentifier">The hub's id of the refund.</param>
internal sealed record PowerTranzRefund(
    bool Refund, string TransactionIdentifier, decimal TotalAmount, string CurrencyCode, string OrderIdentifier, string ExternalIdentifier);

/// <summary>What PowerTranz says of a transaction: in answers, in the customer's form, and when it is asked.</summary>
/// <param name="Approved">Missing where it is asked: the code tells.</param>
/// <param name="RedirectData">The page to be framed, of a transaction that was just opened.</param>
internal sealed record PowerTranzTransaction(
    string? TransactionIdentifier = null, string? OrderIdentifier = null, string? ExternalIdentifier = null, bool? Approved = null,
    decimal? TotalAmount = null, string? CurrencyCode = null, string? IsoResponseCode = null, string? ResponseMessage = null,
    string? RedirectData = null, string? SpiToken = null, PowerTranzRisk? RiskManagement = null,
    IReadOnlyList<PowerTranzError>? Errors = null);

internal sealed record PowerTranzRisk(PowerTranzAuthenticated? ThreeDSecure = null);

internal sealed record PowerTranzAuthenticated(string? AuthenticationStatus = null);

internal sealed record PowerTranzError(string? Code = null, string? Message = null);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PowerTranzSale))]
[JsonSerializable(typeof(PowerTranzCapture))]
[JsonSerializable(typeof(PowerTranzVoid))]
[JsonSerializable(typeof(PowerTranzRefund))]
[JsonSerializable(typeof(PowerTranzTransaction))]
[JsonSerializable(typeof(IReadOnlyList<PowerTranzTransaction>), TypeInfoPropertyName = "Transactions")]
[JsonSerializable(typeof(string))]
internal sealed partial class PowerTranzJson : JsonSerializerContext;
