using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;

namespace Patchbay.Sandbox.Http;

/// <summary>What every request to a vendor passes through: count, misbehave, authenticate, do the work, misbehave, answer.</summary>
internal sealed class VendorDoor(IVendorManners manners, SandboxLedger ledger, SandboxFaults faults, MagicFaults magic, SandboxOptions options, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder app, string method, string path, string operation, Func<Call, Reply> work) =>
        app.MapMethods($"/{manners.Vendor}{path}", [method], http => HandleAsync(http, operation, work));

    public async Task HandleAsync(HttpContext http, string operation, Func<Call, Reply> work)
    {
        ledger.CountRequest(manners.Vendor, operation);
        var fault = faults.TakeForRequest(manners.Vendor, operation);
        if (fault is { Kind: FaultKind.Down })
        {
            http.Abort();
            return;
        }

        // The caller may hang up; what it asked for is done all the same, as it would be at the vendor's.
        var call = await Call.ReadAsync(http, operation, http.RequestAborted);
        if (manners.Refuse(call) is { } refusal)
        {
            await refusal.WriteAsync(http, http.RequestAborted);
            return;
        }

        fault ??= magic.For(manners.Vendor, operation, manners.MagicOf(call));
        if (fault is { Kind: FaultKind.DropBeforeWork })
        {
            http.Abort();
            return;
        }

        var reply = AtTheDoor(call, fault) ?? await manners.PerformAsync(call, () => WorkAsync(call, fault, work));
        if (fault is { Kind: FaultKind.HangAfterWork })
            await PauseAsync(fault.Delay ?? options.HangTime, http.RequestAborted);
        if (fault is { Kind: FaultKind.DropAfterWork })
            http.Abort();
        else if (!http.RequestAborted.IsCancellationRequested)
            await reply.WriteAsync(http, http.RequestAborted);
    }

    private Reply? AtTheDoor(Call call, SandboxFault? fault) => fault?.Kind switch
    {
        FaultKind.Status => manners.Failing(call, fault.Status ?? 400) with { RetryAfter = fault.RetryAfter },
        FaultKind.RateLimit => manners.Failing(call, 429) with { RetryAfter = fault.RetryAfter },
        FaultKind.ServerError => manners.Failing(call, fault.Status ?? 500) with { RetryAfter = fault.RetryAfter },
        _ => null,
    };

    private async Task<Reply> WorkAsync(Call call, SandboxFault? fault, Func<Call, Reply> work)
    {
        if (fault is { Kind: FaultKind.Slow })
            await PauseAsync(fault.Delay ?? options.Slowness, CancellationToken.None);
        var reply = work(call);
        return fault is { Kind: FaultKind.ServerErrorAfterWork } ? manners.Failing(call, fault.Status ?? 500) with { Kept = true } : reply;
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken callerLeft)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerLeft, stopping);
        await Task.Delay(delay, options.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
