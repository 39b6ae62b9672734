using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Checks that the access token works, and that the location is one of its seller's.</summary>
/// <remarks>Source: https://developer.squareup.com/reference/square/locations-api/list-locations.</remarks>
[Provider("square")]
internal sealed class SquareCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        var location = SquareMessage.LocationOf(connection);
        using var message = SquareMessage.Get("v2/locations", connection);
        var listed = await http.SendAsync(message, SquareJson.Default.SquareLocations, SquareFailures.Classify, cancellationToken);
        return listed.Then(read => read.Locations?.FirstOrDefault(one => one.Id == location && one.Status == "ACTIVE") is { } found
            ? new AccountInfo(found.Name ?? found.Id)
            : new Result<AccountInfo, ProviderFailure>(SquareFailures.NoSuchLocation(location)));
    }
}
