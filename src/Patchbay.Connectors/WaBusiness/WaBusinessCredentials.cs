using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>Reads the phone number, which changes nothing.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status.</remarks>
[Provider("wa_business")]
internal sealed class WaBusinessCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = WaBusinessMessage.Create(
            HttpMethod.Get, connection, query: "&fields=id,display_phone_number,verified_name");
        var number = await http.SendAsync(message, WaBusinessJson.Default.WaBusinessNumber, WaBusinessFailures.Classify, cancellationToken);
        if (number.IsSuccess)
            return new AccountInfo(number.Value.VerifiedName ?? number.Value.DisplayPhoneNumber ?? number.Value.Id);
        // There is nothing in the request but credentials. A proof made with a wrong app secret is refused with a code for any value.
        return number.Error is { Cause: FailureCause.Request } refused
            ? refused with { Cause = FailureCause.Authentication, Reason = FailureReason.InvalidCredentials }
            : number.Error;
    }
}
