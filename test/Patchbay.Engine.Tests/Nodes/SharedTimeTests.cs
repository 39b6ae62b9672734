using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Nodes;

/// <summary>One clock for all nodes, whatever their machines believe.</summary>
public sealed class SharedTimeTests
{
    private readonly ManualTime _machine = new();

    [Fact]
    public void Until_it_has_heard_of_another_clock_it_is_the_machines()
    {
        var time = new SharedTime(_machine);

        Assert.Equal(ManualTime.Noon, time.GetUtcNow());
    }

    [Fact]
    public void It_goes_by_the_databases_clock_and_carries_it_on()
    {
        var time = new SharedTime(_machine);
        var asked = time.GetTimestamp();
        time.Learn(ManualTime.Noon.AddMinutes(-5), asked, time.GetTimestamp());

        _machine.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(ManualTime.Noon.AddMinutes(-5).AddSeconds(3), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(5), time.MachineIsAhead);
    }

    [Fact]
    public void Setting_the_machines_clock_changes_nothing()
    {
        var time = new SharedTime(_machine);
        time.Learn(ManualTime.Noon, time.GetTimestamp(), time.GetTimestamp());

        _machine.StepClock(TimeSpan.FromHours(2));

        Assert.Equal(ManualTime.Noon, time.GetUtcNow());
    }

    [Fact]
    public void Half_the_way_is_added_and_what_the_way_explains_is_ignored()
    {
        var time = new SharedTime(_machine);
        var asked = time.GetTimestamp();
        _machine.Advance(TimeSpan.FromMilliseconds(200));
        time.Learn(ManualTime.Noon.AddHours(1), asked, time.GetTimestamp());
        Assert.Equal(ManualTime.Noon.AddHours(1).AddMilliseconds(100), time.GetUtcNow());

        asked = time.GetTimestamp();
        _machine.Advance(TimeSpan.FromMilliseconds(200));
        time.Learn(ManualTime.Noon.AddHours(1).AddMilliseconds(150), asked, time.GetTimestamp());

        Assert.Equal(ManualTime.Noon.AddHours(1).AddMilliseconds(300), time.GetUtcNow());
    }
}
