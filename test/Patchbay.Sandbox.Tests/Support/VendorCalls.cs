using System.Text;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>Speaks to one vendor of the sandbox as its clients do.</summary>
/// <param name="root">What stands before every path.</param>
internal abstract class VendorCalls(SandboxUnderTest sandbox, string vendor, string root, string authorization)
{
    protected SandboxUnderTest Sandbox { get; } = sandbox;

    public Task<Answer> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    protected static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    protected async Task<Answer> CallAsync(
        HttpMethod method, string path, HttpContent? content = null, string? idempotencyKey = null, CancellationToken? until = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Sandbox.Server.UrlOf(vendor), root + path)) { Content = content };
        request.Headers.Add("Authorization", authorization);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Answer.OfAsync(await Sandbox.Http.SendAsync(request, until ?? TestContext.Current.CancellationToken));
    }
}
