namespace Patchbay.CoyoteTests;

public sealed class LedgerSchedules
{
    [Fact]
    public void No_change_of_a_row_is_lost_however_two_nodes_interleave() => Schedules.AllKeep(LedgerScenarios.TwoNodesCount);

    [Fact]
    public void A_ledger_that_stops_answers_every_caller_and_keeps_what_it_answered() =>
        Schedules.AllKeep(LedgerScenarios.StopsWhileCallersCome);

    [Fact]
    public void A_ledger_with_two_writers_would_be_found() =>
        Schedules.OneBreaks(TwoWriters.LedgerScenarios.TwoNodesCount, "A ledger has two writers.");

    [Fact]
    public void A_ledger_that_answers_before_it_commits_would_be_found() =>
        Schedules.OneBreaks(AnsweredEarly.LedgerScenarios.StopsWhileCallersCome, "A caller is answered after the commit.");
}
