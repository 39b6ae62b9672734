namespace Patchbay.Doctor;

/// <summary>Looks at one thing and changes nothing. Expected faults are findings, not exceptions.</summary>
internal interface ICheck
{
    IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken);
}
