namespace Patchbay.CoyoteTests;

public sealed class MembershipSchedules
{
    [Fact]
    public void A_node_that_others_declared_dead_never_believes_itself_confirmed() => Schedules.AllKeep(MembershipScenarios.TwoNodesBeat);

    [Fact]
    public void A_node_that_counts_its_confirmation_from_the_end_of_a_heartbeat_would_be_found() =>
        Schedules.OneBreaks(ConfirmedTooLong.MembershipScenarios.TwoNodesBeat, "A node that was declared dead does not act.");
}
