using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Patchbay.Hub.Tests.Outbound;

/// <summary>One request as it came.</summary>
internal sealed record Received(string Path, Dictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public System.Text.Json.JsonElement Json => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(Body);

    public string Id => Headers["webhook-id"];
}

/// <summary>Somebody's web server, which takes what it is sent or misbehaves as it is told, path by path.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<Received> At(string path) => [.. _received.Where(request => request.Path == path)];

    public string Url(string path) => new Uri(Address, path).ToString();

    /// <summary>What is answered at a path from now on; without it, 200.</summary>
    public void Answer(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    public void Answer(string path, int status) => Answer(path, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public static async Task<Receiver> StartAsync(
        CancellationToken cancellationToken, Action<ListenOptions>? listen = null, string address = "127.0.0.1", int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Parse(address), port, options => listen?.Invoke(options)));
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.HandleAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue(new Received(context.Request.Path, headers, body.ToArray()));
        if (_answers.TryGetValue(context.Request.Path, out var answer))
            await answer(context);
    }
}
