namespace Patchbay.Platform.Jobs;

/// <summary>
/// A kind of long work: what one step of it does. A feature registers each of its kinds with <see cref="JobRegistration.AddJobs{TKind}"/>;
/// nothing else has to be told. Several nodes may work at jobs of a kind, but only one at a job.
/// </summary>
public interface IJobKind
{
    /// <summary>As jobs are stored and shown, for example <c>retry_deliveries</c>: it never changes.</summary>
    string Name { get; }

    /// <summary>
    /// Takes the next step of a job that this node has for <see cref="JobRunner{TKind}.Lease"/>. A step of which the process dies, or that
    /// throws, is taken again: what it does by itself must bear that; what it leaves to the <see cref="JobStep"/> happens once.
    /// </summary>
    Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken);
}
