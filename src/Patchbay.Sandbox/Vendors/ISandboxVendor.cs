using Microsoft.AspNetCore.Http;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Vendors;

/// <summary>
/// One vendor played back, and how it says the things that every vendor says. Found by itself, in this assembly and in those of
/// <see cref="SandboxOptions.Assemblies"/>: a class that implements it and takes a <see cref="SandboxWorld"/> or nothing.
/// </summary>
public interface ISandboxVendor
{
    /// <summary>As in the provider's manifest; also the first part of every path, for example <c>stripe</c>.</summary>
    string Name { get; }

    /// <summary>Whether a rate limit of its own accord says how long to wait.</summary>
    bool SaysRetryAfter => true;

    /// <summary>Which request is which operation.</summary>
    void Map(VendorRoutes routes);

    /// <summary>What only this vendor's control API offers, under <c>/control/NAME</c>.</summary>
    void Control(ControlRoutes routes)
    {
    }

    /// <summary>The 401 for credentials it does not accept; null when the request may come in.</summary>
    Reply? Refuse(Call call);

    /// <summary>Any error status, in this vendor's error body.</summary>
    Reply Failing(Call call, int status);

    /// <summary>Headers that all of its answers have.</summary>
    void Head(Call call, IHeaderDictionary headers)
    {
    }

    /// <summary>The special ending the request carries, and what tells a repeat of it from another request; null for none.</summary>
    MagicRequest? MagicOf(Call call);

    /// <summary>Does the work, or answers from memory where the vendor has idempotency keys.</summary>
    Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work) => work();

    /// <summary>What one does in the vendor's dashboard: enters the address for webhooks, and learns the key that signs them.</summary>
    /// <param name="credentials">By the names of the manifest, secrets included.</param>
    /// <returns>False when they are malformed.</returns>
    bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl) => true;
}
