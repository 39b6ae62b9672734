using Patchbay.Playing;
namespace Patchbay.Demo.Props;

/// <summary>
/// One step of the demo's story. It looks at what happened and throws a <see cref="Surprise"/> when that is not as told.
/// </summary>
internal interface IAct
{
    /// <summary>What will happen, in a sentence.</summary>
    string Title { get; }

    Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken);
}
