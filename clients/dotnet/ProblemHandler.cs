using Patchbay.Client.Models;

namespace Patchbay.Client;

/// <summary>Throws every answer that is no success, also those that the document does not foretell, as one exception.</summary>
internal sealed class ProblemHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await Problem.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
