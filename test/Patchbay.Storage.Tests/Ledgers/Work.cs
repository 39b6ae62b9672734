namespace Patchbay.Storage.Tests.Ledgers;

/// <summary>Ledger work from two delegates.</summary>
public sealed class Work<TResult>(Action<LedgerNeeds>? need, Func<LedgerRows, TResult> decide) : LedgerWork<TResult>
{
    public override void Need(LedgerNeeds needs) => need?.Invoke(needs);

    public override TResult Decide(LedgerRows rows) => decide(rows);
}

public static class Work
{
    public static Work<bool> Of(Action<LedgerRows> decide, Action<LedgerNeeds>? need = null) => new(
        need,
        rows =>
        {
            decide(rows);
            return true;
        });
}
