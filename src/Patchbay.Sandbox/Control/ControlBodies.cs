using System.Text.Json.Serialization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Ledger;

namespace Patchbay.Sandbox.Control;

/// <summary>A fault as the control API takes and shows it: times in milliseconds, Retry-After in seconds.</summary>
internal sealed record FaultBody(string? Provider, string? Operation, string? Kind, int? Count, int? DelayMs, int? RetryAfter, int? Status);

internal sealed record FaultList(IReadOnlyList<FaultBody> Faults);

internal sealed record AutopayBody(bool? On);

internal sealed record CountView(long Count);

[JsonSerializable(typeof(FaultBody))]
[JsonSerializable(typeof(FaultList))]
[JsonSerializable(typeof(AutopayBody))]
[JsonSerializable(typeof(CountView))]
[JsonSerializable(typeof(LedgerView))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    public static readonly ControlJson Wire = new(WireFormat.Options());
}
