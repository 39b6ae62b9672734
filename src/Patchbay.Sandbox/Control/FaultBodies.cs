using System.Text.Json;
using Patchbay.Sandbox.Faults;

namespace Patchbay.Sandbox.Control;

/// <summary>Between the control API's words and the fault switches.</summary>
internal static class FaultBodies
{
    private static readonly Dictionary<string, FaultKind> Kinds = Enum.GetValues<FaultKind>().ToDictionary(Name);

    /// <summary>Every kind's name, for example <c>hang_after_work</c>.</summary>
    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Null when the kind is not known or a number is out of range.</summary>
    public static SandboxFault? Read(FaultBody? body)
    {
        if (body?.Kind is null || !Kinds.TryGetValue(body.Kind, out var kind) || body.Count < 1 || body.DelayMs < 0 || body.RetryAfter < 0
            || body.Status is < 100 or > 599)
            return null;
        return new SandboxFault(kind)
        {
            Provider = body.Provider,
            Operation = body.Operation,
            Count = body.Count,
            Delay = body.DelayMs is { } delay ? TimeSpan.FromMilliseconds(delay) : null,
            RetryAfter = body.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Status = body.Status,
        };
    }

    public static FaultBody Write(SandboxFault fault) =>
        new(fault.Provider, fault.Operation, Name(fault.Kind), fault.Count, (int?)fault.Delay?.TotalMilliseconds,
            (int?)fault.RetryAfter?.TotalSeconds, fault.Status);

    private static string Name(FaultKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
