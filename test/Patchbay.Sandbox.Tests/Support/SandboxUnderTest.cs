using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>A sandbox in a hurry, a client that speaks to it, and a receiver for its webhooks.</summary>
internal sealed class SandboxUnderTest : IAsyncDisposable
{
    private SandboxUnderTest(SandboxServer server, WebhookReceiver receiver) => (Server, Receiver) = (server, receiver);

    public SandboxServer Server { get; }

    public WebhookReceiver Receiver { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task<SandboxUnderTest> StartAsync(Action<SandboxOptions>? adjust = null)
    {
        var options = new SandboxOptions
        {
            CustomerDelay = TimeSpan.FromMilliseconds(30),
            ReceiptDelay = TimeSpan.FromMilliseconds(20),
            WebhookLateness = TimeSpan.FromMilliseconds(400),
            WebhookRetryDelay = TimeSpan.FromMilliseconds(20),
        };
        adjust?.Invoke(options);
        var cancellationToken = TestContext.Current.CancellationToken;
        return new SandboxUnderTest(
            await SandboxServer.StartAsync(options, cancellationToken), await WebhookReceiver.StartAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
