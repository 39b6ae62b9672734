namespace Patchbay.CoyoteTests;

public sealed class LaneSchedules
{
    [Fact]
    public void Lanes_that_share_a_slot_call_everything_once_and_nothing_waits_forever() =>
        Schedules.AllKeep(LaneScenarios.TwoLanesShareOneSlot);

    [Fact]
    public void A_lane_that_starves_unseen_would_be_found() =>
        Schedules.OneBreaks(StarvedForgotten.LaneScenarios.TwoLanesShareOneSlot, "Deadlock detected");
}
