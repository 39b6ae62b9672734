using System.Globalization;

namespace Patchbay.ClusterTests.Books;

/// <summary>What one fault did, in numbers.</summary>
/// <param name="Accepted">Operations that were answered with 202.</param>
/// <param name="PerSecond">Operations that callers began, a second.</param>
/// <param name="InFlight">Deliveries that the broken node, or all nodes, held at the fault.</param>
/// <param name="Lost">Accepted, and not known to the provider.</param>
/// <param name="Takeover">From the fault until nothing was left of what the dead node had.</param>
/// <param name="LongestGap">In which nothing at all was accepted.</param>
/// <param name="Repeats">Requests that callers had to send again.</param>
internal sealed record ReliabilityRow(
    string Fault, int Accepted, double PerSecond, int InFlight, int Lost, int DoubledMoney, int DoubledSms, int MayDouble,
    TimeSpan? Takeover, TimeSpan LongestGap, int Repeats)
{
    public const string Header = """
        | fault | accepted | a second | in flight | lost | money doubled | SMS doubled (bound) | taken over after, s | longest gap in acceptance, s | requests repeated |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Fault} | {Accepted:N0} | {PerSecond:N0} | {InFlight} | {Lost} | {DoubledMoney} | {DoubledSms} ({MayDouble}) | "
            + $"{(Takeover is { } took ? took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "")} | "
            + $"{LongestGap.TotalSeconds:0.0} | {Repeats:N0} |");
}
