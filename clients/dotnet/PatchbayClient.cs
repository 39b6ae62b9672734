using System.Security.Cryptography;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace Patchbay.Client;

public partial class PatchbayClient
{
    /// <summary>A client to keep: it may be used by many threads at once.</summary>
    /// <param name="baseUrl">Of the hub, without <c>/api/v1</c>.</param>
    /// <param name="apiKey">White space around it does not matter.</param>
    /// <param name="transport">What carries the requests, such as a handler of <c>IHttpMessageHandlerFactory</c>; null: its own.</param>
    /// <param name="time">By which it waits between tries; null: the machine's.</param>
    public static PatchbayClient Create(Uri baseUrl, string apiKey, HttpMessageHandler? transport = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        transport ??= new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var chance = () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
        var retries = new RetryHandler(time ?? TimeProvider.System, chance) { InnerHandler = transport };
        var http = new HttpClient(new IdempotencyHandler { InnerHandler = new ProblemHandler { InnerHandler = retries } });
        http.Timeout = Timeout.InfiniteTimeSpan;   // each try has a limit of its own
        http.DefaultRequestHeaders.Authorization = new("Bearer", apiKey.Trim());   // Kiota would send it over https only
        var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http);
        adapter.BaseUrl = baseUrl.AbsoluteUri.TrimEnd('/');
        return new(adapter);
    }
}
