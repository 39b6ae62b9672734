namespace Patchbay.Platform.Features;

/// <summary>Done once at each start of a node: the schema is up to date then, and nothing works yet.</summary>
public interface IAtStart
{
    Task RunAsync(CancellationToken cancellationToken);
}
