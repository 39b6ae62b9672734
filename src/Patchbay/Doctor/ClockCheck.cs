using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>This machine's clock agrees with the database's, whose clock decides which nodes live.</summary>
internal sealed class ClockCheck(Database database, TimeProvider time) : ICheck
{
    private const string Name = "clock";
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Wrong = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        var theirs = (await database.QueryAsync("SELECT clock_timestamp() AS now", new { }, row => row.Time("now"), cancellationToken))[0];
        var after = time.GetUtcNow();
        var off = (theirs - (before + (after - before) / 2)).Duration();
        var found = $"{off.TotalSeconds:0.000} s from the database's";
        const string remedy = "Run a time service (chrony, systemd-timesyncd) on this machine and on the database's.";
        yield return off > Wrong
            ? Finding.Fault(Name, found, remedy) : off > Noticeable ? Finding.Warning(Name, found, remedy) : Finding.Ok(Name, found);
    }
}
