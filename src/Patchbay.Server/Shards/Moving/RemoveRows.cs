using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>Takes away what is not true any more, of a tenant that has left an end. The fence stays for those who slept.</summary>
internal static class RemoveRows
{
    public static async Task RunAsync(MoveRun run, MoveEnd end, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Remove);
        await end.Database.ExecuteAsync(
            "UPDATE tenant_moves SET mover = @Mover WHERE tenant_id = @Tenant AND phase = @left",
            new { run.Mover, run.Tenant, left = MovePhase.Left.ToWord() }, cancellationToken);
        var left = run.At(end, MovePhase.Left);
        await left.DeleteRowsAsync(run.Tables, cancellationToken);
        await left.ForgetAsync(markedAs: MovePhase.Gone, cancellationToken);
    }
}
