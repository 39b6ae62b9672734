using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

/// <summary>Presses the one button of a page.</summary>
internal static class Customer
{
    public static async Task PayAsync(Uri page, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.PostAsync(page, new FormUrlEncodedContent([]), cancellationToken);
        if ((int)answer.StatusCode >= 400)
            throw new Surprise($"The page {page.GetLeftPart(UriPartial.Authority)} answered {(int)answer.StatusCode}.");
    }
}
