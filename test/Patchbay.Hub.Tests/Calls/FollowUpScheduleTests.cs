using Patchbay.Integrations.Calls;

namespace Patchbay.Hub.Tests.Calls;

public sealed class FollowUpScheduleTests
{
    private static readonly DateTimeOffset Made = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(2, 5, 15)]
    [InlineData(3, 15, 60)]
    [InlineData(4, 60, 120)]
    [InlineData(9, 361, 421)]
    public void Something_open_is_asked_about_after_minutes_and_then_hourly(int asked, int now, int next) =>
        Assert.Equal(Made.AddMinutes(next), FollowUpSchedule.ForADay.Next(Made, asked, Made.AddMinutes(now)));

    [Fact]
    public void Whoever_comes_late_asks_a_minute_later_instead_of_at_once() =>
        Assert.Equal(Made.AddMinutes(91), FollowUpSchedule.ForADay.Next(Made, 1, Made.AddMinutes(90)));

    [Theory]
    [InlineData(4, 6, 18)]
    [InlineData(30, 14 * 24 - 12, 14 * 24)]
    [InlineData(31, 14 * 24, null)]
    public void What_banks_carry_out_is_asked_about_twice_a_day_for_14_days(int asked, int nowHours, int? nextHours) => Assert.Equal(
        nextHours is { } hours ? Made.AddHours(hours) : null, FollowUpSchedule.ForAFortnight.Next(Made, asked, Made.AddHours(nowHours)));

    [Theory]
    [InlineData(23 * 60, true)]
    [InlineData(23 * 60 + 1, false)]
    public void After_a_day_nobody_asks_any_more(int now, bool again) =>
        Assert.Equal(again, FollowUpSchedule.ForADay.Next(Made, 27, Made.AddMinutes(now)) is not null);
}
