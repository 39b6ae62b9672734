using System.Text.Json.Nodes;

namespace Patchbay.Demo.Props;

/// <summary>What an act has to show for itself.</summary>
/// <param name="Ending">How it ended, in a sentence.</param>
internal sealed record Told(string Ending)
{
    /// <summary>Deliveries whose attempts are worth seeing.</summary>
    public IReadOnlyList<JsonNode> Deliveries { get; init; } = [];
}
