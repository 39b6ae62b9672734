using Microsoft.AspNetCore.Http;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Vendors;

/// <summary>What every request to a vendor passes through: count, misbehave, authenticate, do the work, misbehave, answer.</summary>
internal sealed class VendorDoor(
    ISandboxVendor vendor,
    SandboxLedger ledger,
    SandboxFaults faults,
    MagicFaults magic,
    SandboxOptions options,
    CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext http, string operation, Func<Call, Reply> work)
    {
        ledger.CountRequest(vendor.Name, operation);
        var fault = faults.TakeForRequest(vendor.Name, operation);
        if (fault is { Kind: FaultKind.Down })
        {
            http.Abort();
            return;
        }

        // The caller may hang up; what it asked for is done all the same, as it would be at the vendor's.
        var call = await Call.ReadAsync(http, operation, http.RequestAborted);
        if (vendor.Refuse(call) is { } refusal)
        {
            await BeSlowAsync(fault);
            await AnswerAsync(http, call, refusal);
            return;
        }

        fault ??= magic.For(vendor, operation, vendor.MagicOf(call));
        if (fault is { Kind: FaultKind.DropBeforeWork })
        {
            http.Abort();
            return;
        }

        var reply = AtTheDoor(call, fault) ?? await vendor.PerformAsync(call, () => WorkAsync(call, fault, work));
        if (fault is { Kind: FaultKind.HangAfterWork })
            await PauseAsync(fault.Delay ?? options.HangTime, http.RequestAborted);
        if (fault is { Kind: FaultKind.DropAfterWork })
            http.Abort();
        else if (!http.RequestAborted.IsCancellationRequested)
            await AnswerAsync(http, call, reply);
    }

    private Task AnswerAsync(HttpContext http, Call call, Reply reply)
    {
        vendor.Head(call, http.Response.Headers);
        return reply.WriteAsync(http, http.RequestAborted);
    }

    private Reply? AtTheDoor(Call call, SandboxFault? fault) => fault?.Kind switch
    {
        FaultKind.Status => vendor.Failing(call, fault.Status ?? 400) with { RetryAfter = fault.RetryAfter },
        FaultKind.RateLimit => vendor.Failing(call, 429) with { RetryAfter = fault.RetryAfter },
        FaultKind.ServerError => vendor.Failing(call, fault.Status ?? 500) with { RetryAfter = fault.RetryAfter },
        _ => null,
    };

    private async Task<Reply> WorkAsync(Call call, SandboxFault? fault, Func<Call, Reply> work)
    {
        await BeSlowAsync(fault);
        var reply = work(call);
        return fault is { Kind: FaultKind.ServerErrorAfterWork } ? vendor.Failing(call, fault.Status ?? 500) with { Kept = true } : reply;
    }

    private async Task BeSlowAsync(SandboxFault? fault)
    {
        if (fault is { Kind: FaultKind.Slow })
            await PauseAsync(fault.Delay ?? options.Slowness, CancellationToken.None);
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken callerLeft)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerLeft, stopping);
        await Task.Delay(delay, options.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
