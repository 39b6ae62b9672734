using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Patchbay.TestKit;

namespace Patchbay.ClientTests;

/// <summary>A server that webhooks are posted to, and that keeps them as they came.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly string _address = $"http://127.0.0.1:{Ports.Free()}/";

    public Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address);
        App = builder.Build();
    }

    public WebApplication App { get; }

    public string Hooks => _address + "hooks";

    public ConcurrentQueue<(byte[] Body, IHeaderDictionary Headers)> Deliveries { get; } = [];

    /// <summary>Keeps all that is posted to <see cref="Hooks"/>.</summary>
    public async Task KeepAllAsync(CancellationToken cancellationToken)
    {
        App.MapPost("/hooks", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            Deliveries.Enqueue((body.ToArray(), new HeaderDictionary(request.Headers.ToDictionary())));
        });
        await App.StartAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
