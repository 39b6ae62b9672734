using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Patchbay.Platform.Network;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// The connections to receivers: one pool for all, and one of its own for each endpoint with a client certificate, which ends when the
/// certificate changes or is long out of use.
/// </summary>
public sealed class OutboundClients(AddressGuard guard, NetworkOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeepUnused = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, OutboundClient> _own = [];
    private readonly Lazy<X509Certificate2Collection> _roots = new(() => LoadRoots(options.TrustedRoots));
    private OutboundClient? _shared;

    /// <summary>To be disposed of after the call.</summary>
    /// <param name="endpoint">Whose certificate it is.</param>
    public OutboundClient Rent(Guid endpoint, ClientCertificate? certificate)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var (unused, client) in _own.Where(pair => time.GetElapsedTime(pair.Value.LastUsed, now) > KeepUnused).ToList())
            {
                _own.Remove(unused);
                client.Retire();
            }

            if (certificate is null)
                return (_shared ??= new OutboundClient("", NewHandler(null))).Rent(now);
            var fingerprint = certificate.Fingerprint();
            if (!_own.TryGetValue(endpoint, out var own) || own.Fingerprint != fingerprint)
            {
                own?.Retire();
                _own[endpoint] = own = new OutboundClient(fingerprint, NewHandler(certificate));
            }

            return own.Rent(now);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var client in _own.Values)
                client.Retire();
            _own.Clear();
            _shared?.Retire();
        }
    }

    private SocketsHttpHandler NewHandler(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),   // so that a changed name is looked up again
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,   // in KiB
            MaxResponseDrainSize = 0,        // what was not read is not waited for: the connection is dropped
            ConnectCallback = guard.ConnectAsync,
        };
        if (options.TrustedRoots is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, errors) => IsTrusted(shown, chain, errors);
        if (certificate is not null)
        {
            var (leaf, between) = certificate.Load();
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, between, offline: true);
        }

        return handler;
    }

    private bool IsTrusted(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || shown is not X509Certificate2 certificate)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_roots.Value);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(
            new X509Certificate2Collection(chain?.ChainElements.Select(element => element.Certificate).ToArray() ?? []));
        return own.Build(certificate);
    }

    private static X509Certificate2Collection LoadRoots(string? file)
    {
        var roots = new X509Certificate2Collection();
        if (file is not null)
            roots.ImportFromPemFile(file);
        return roots;
    }
}

/// <summary>Connections that are in use by so many calls; closed when retired and the last one has ended.</summary>
public sealed class OutboundClient(string fingerprint, SocketsHttpHandler handler) : IDisposable
{
    private readonly Lock _gate = new();
    private int _users;
    private bool _retired;

    internal string Fingerprint => fingerprint;

    internal long LastUsed { get; private set; }

    /// <summary>No time-out of its own.</summary>
    public HttpMessageInvoker Http { get; } = new(handler);

    internal OutboundClient Rent(long now)
    {
        lock (_gate)
        {
            LastUsed = now;
            _users++;
            return this;
        }
    }

    internal void Retire()
    {
        lock (_gate)
        {
            _retired = true;
            CloseWhenUnused();
        }
    }

    /// <summary>A call has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _users--;
            CloseWhenUnused();
        }
    }

    private void CloseWhenUnused()
    {
        if (_retired && _users == 0)
            Http.Dispose();
    }
}
