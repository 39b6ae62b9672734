using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Checks an API key by its profile, an access token by its organization; neither changes anything.</summary>
/// <remarks>Source: https://docs.mollie.com/reference/get-current-profile and get-current-organization.</remarks>
[Provider("mollie")]
internal sealed class MollieCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        if (MollieMessage.HasAccessToken(connection))
            return await VerifyTokenAsync(connection, cancellationToken);
        using var message = MollieMessage.Get("v2/profiles/me", connection);
        var profile = await http.SendAsync(message, MollieJson.Default.MollieProfile, MollieFailures.Classify, cancellationToken);
        return profile.Then(read => SameMode(read, connection));
    }

    private async Task<Result<AccountInfo, ProviderFailure>> VerifyTokenAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (connection.FindValue("profile_id") is null)
        {
            return ProviderFailure.Rejected(
                FailureCause.Authentication, "profile_id_missing",
                "An organization access token is of no profile: enter the profile_id (pfl_...) that takes the payments, or an API key.");
        }

        using var message = MollieMessage.Plain("v2/organizations/me", connection);
        var organization = await http.SendAsync(
            message, MollieJson.Default.MollieOrganization, MollieFailures.Classify, cancellationToken);
        return organization.Map(read => new AccountInfo(read.Name ?? read.Id));
    }

    // Test and live share one address: only the key tells them apart, so a test key in a live integration would take no money.
    private static Result<AccountInfo, ProviderFailure> SameMode(MollieProfile profile, Connection connection)
    {
        var (mine, word) = connection.Mode == IntegrationMode.Live ? ("live", "live") : ("test", "in sandbox mode");
        return profile.Mode == mine
            ? new AccountInfo(profile.Name ?? profile.Id)
            : ProviderFailure.Rejected(
                FailureCause.Authentication, "mode_mismatch",
                $"This is a {profile.Mode} API key, but the integration is {word}. Enter the key that starts with {mine}_ or make an "
                    + "integration of the other mode.");
    }
}
