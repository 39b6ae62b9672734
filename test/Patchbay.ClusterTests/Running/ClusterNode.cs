using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>One of the three nodes.</summary>
internal sealed class ClusterNode(int number, HubProcess process) : IDisposable
{
    private int _read;

    public int Number => number;

    public HubProcess Process => process;

    public string Name => NameOf(number);

    public static string NameOf(int number) => $"node{number + 1}";

    /// <summary>What it has printed since it was last whole.</summary>
    public async Task<string> LogAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(process.Log, cancellationToken))[_read..];

    /// <summary>What it has printed so far is of no interest any more.</summary>
    public async Task ForgetLogAsync(CancellationToken cancellationToken) =>
        _read = (await File.ReadAllTextAsync(process.Log, cancellationToken)).Length;

    public void Dispose() => process.Dispose();
}
