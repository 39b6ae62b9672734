using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Platform.Network;
using IPNetwork = System.Net.IPNetwork;

namespace Patchbay.Server.Http;

/// <summary>
/// Who calls, behind a proxy: what <c>Patchbay:TrustedProxies</c> say of it counts, from the last of them on. Anybody else's word is
/// ignored, and noted for <c>doctor</c>, because it may be a proxy that nobody has named.
/// </summary>
internal static class Proxies
{
    public static void UseProxies(this WebApplication app, NetworkOptions options, ProxySighting sighting)
    {
        var trusted = options.TrustedProxies.Select(network => IPNetwork.Parse(network)).ToList();
        var logger = app.Services.GetRequiredService<ILogger<ProxySighting>>();
        app.Use(next => context =>
        {
            if (Claims(context.Request.Headers) && context.Connection.RemoteIpAddress is { } from
                && !trusted.Any(network => network.Contains(Plain(from))))
                sighting.Note(Plain(from), logger);
            return next(context);
        });
        if (trusted.Count == 0)
            return;   // the middleware would take an empty list for everybody
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in trusted)
            forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    private static bool Claims(IHeaderDictionary headers) =>
        headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Forwarded-Proto") || headers.ContainsKey("Forwarded");

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
