using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Network;
using Patchbay.Server.Composition;

namespace Patchbay.Doctor;

/// <summary>
/// Each provider's API can be reached. That it cannot may be the network of the moment: a warning. That it must not be is a fault.
/// </summary>
internal sealed class ProviderCheck(HubOptions options, ProviderCatalog catalog, TimeSpan timeout) : ICheck
{
    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var addresses = catalog.All
            .SelectMany(provider => Addresses(provider).Select(address => (provider.Name, Address: address))).ToList();
        foreach (var finding in await Task.WhenAll(
            addresses.Select(pair => ReachAsync(http, $"provider {pair.Name}", pair.Address, cancellationToken))))
            yield return finding;
    }

    private IEnumerable<Uri> Addresses(Provider provider) =>
        options.Of<ProviderOptions>().TryGetValue(provider.Name, out var overridden) && overridden.BaseUrl is { } elsewhere
            ? [elsewhere]
            : new[] { provider.Manifest.BaseUrls.Live, provider.Manifest.BaseUrls.Sandbox }.Distinct();

    private async Task<Finding> ReachAsync(HttpClient http, string name, Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var guard = new AddressGuard(options.Network, Dns.GetHostAddressesAsync);
            if ((await Dns.GetHostAddressesAsync(address.IdnHost, limit.Token)).Any(found => !guard.IsAllowed(found)))
                return Finding.Fault(name, $"{address} is at a private address",
                    "Set Patchbay:AllowPrivateNetworks=true if that is meant, for a sandbox for example.");
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Finding.Ok(name, $"{address} answers");   // whatever it answers without credentials
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreachable($"did not answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            return Unreachable(exception.Message);
        }

        Finding Unreachable(string why) => Finding.Warning(
            name, $"{address}: {why}",
            "If this provider is used: check DNS, firewall and the route out of this machine. Work for it waits and is retried meanwhile.");
    }
}
