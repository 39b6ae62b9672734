using Patchbay.Client;
using Patchbay.Client.Models;
using Patchbay.TestKit;

namespace Patchbay.ClientTests;

/// <summary>A hub as one starts it to try it, and what a business does with it over the client.</summary>
public sealed class SandboxHub : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly PatchbayProcess _process;

    public SandboxHub() => _process = PatchbayProcess.Start(
        "serve", "--sandbox", "http://127.0.0.1:0", "--urls", "http://127.0.0.1:0", "--data", _data.Path,
        "--Patchbay:AllowHttpWebhooks=true");

    public Uri Address { get; private set; } = null!;

    public string KeyFile => _data.File("first-test-key");

    public PatchbayClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Address = await _process.ReadAddressAsync("Patchbay is up", cancellationToken);
        await _process.ReadUntilAsync("The sandbox plays the providers", cancellationToken);
        _ = _process.ReadUntilAsync("\n", CancellationToken.None);   // all there is: else it waits once the pipe is full
        Client = PatchbayClient.Create(Address, await File.ReadAllTextAsync(KeyFile, cancellationToken));
    }

    public async Task<PaymentView> StartPaymentAsync(string reference, CancellationToken cancellationToken) =>
        (await Client.Api.V1.Payments.PostAsync(
            new() { Amount = "49.90", Currency = "EUR", Reference = reference, ReturnUrl = "https://shop.example/" },
            call => call.Headers.Add("Prefer", "wait=20"), cancellationToken))!;

    /// <summary>As the customer does on the provider's page.</summary>
    public async Task PayAsync(PaymentView payment, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([]);
        using var paid = await _browser.PostAsync(new Uri(payment.NextAction!.Url!), form, cancellationToken);
        await Eventually.BecomesAsync(
            async () => (await Client.Api.V1.Payments[payment.Id!].GetAsync(cancellationToken: cancellationToken))!.Status
                == PaymentStatus.Succeeded,
            TimeSpan.FromSeconds(30), cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        _browser.Dispose();
        _data.Dispose();
        return ValueTask.CompletedTask;
    }
}
