using System.Collections.Concurrent;
using Patchbay.Sandbox.Faults;

namespace Patchbay.Sandbox.Vendors;

/// <summary>Turns the code a request carries into a fault, for every try or for the first one only.</summary>
internal sealed class MagicFaults(bool enabled)
{
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    public SandboxFault? For(ISandboxVendor vendor, string operation, MagicRequest? request)
    {
        if (!enabled || request is null)
            return null;
        return request.Code switch
        {
            "0029" => First(new SandboxFault(FaultKind.RateLimit) { RetryAfter = vendor.SaysRetryAfter ? TimeSpan.FromSeconds(1) : null }),
            "0030" => new SandboxFault(FaultKind.Slow),
            "0050" => First(new SandboxFault(FaultKind.ServerError)),
            "0051" => new SandboxFault(FaultKind.ServerError),
            "0052" => First(new SandboxFault(FaultKind.ServerErrorAfterWork)),
            "0097" => First(new SandboxFault(FaultKind.DropAfterWork)),
            "0098" => First(new SandboxFault(FaultKind.DropBeforeWork)),
            "0099" => First(new SandboxFault(FaultKind.HangAfterWork)),
            _ => null,
        };

        SandboxFault? First(SandboxFault fault) =>
            _seen.TryAdd($"{vendor.Name} {operation} {request.Code} {request.Identity}", 0) ? fault : null;
    }
}
