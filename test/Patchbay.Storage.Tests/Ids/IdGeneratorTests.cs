using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Ids;

public sealed class IdGeneratorTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Ids_of_one_moment_rise_strictly()
    {
        var ids = new IdGenerator(_time);

        var made = Enumerable.Range(0, 10_000).Select(_ => ids.NewGuid().ToString()).ToList();

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public void Ids_keep_rising_when_the_clock_steps_back()
    {
        var ids = new IdGenerator(_time);
        var before = ids.NewGuid();
        _time.StepClock(TimeSpan.FromHours(-1));

        var after = ids.NewGuid();

        Assert.True(string.CompareOrdinal(before.ToString(), after.ToString()) < 0);
    }

    [Fact]
    public void Ids_go_on_after_one_that_was_made_elsewhere_by_a_clock_ahead()
    {
        var ahead = new ManualTime(ManualTime.Noon.AddHours(1));
        var made = new IdGenerator(ahead).NewGuid();
        var ids = new IdGenerator(_time);

        ids.StartAfter(made);
        ids.StartAfter(IdGenerator.LowestAt(ManualTime.Noon));   // an older one changes nothing

        Assert.True(string.CompareOrdinal(made.ToString(), ids.NewGuid().ToString()) < 0);
    }

    [Fact]
    public void Ids_sort_as_text_as_they_do_in_time()
    {
        var ids = new IdGenerator(_time);
        var made = new List<string>();
        foreach (var pause in new[] { 0.1, 1, 30, 86_400_000, 400.0 * 86_400_000 })
        {
            made.Add(ids.New<TenantId>().ToString());
            _time.Advance(TimeSpan.FromMilliseconds(pause));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
    }

    [Fact]
    public async Task Threads_never_get_the_same_id()
    {
        var ids = new IdGenerator(TimeProvider.System);

        var made = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => ids.NewGuid()).ToList())));

        Assert.All(made, list => Assert.Equal(list.OrderBy(id => id.ToString(), StringComparer.Ordinal), list));
        Assert.Equal(20_000, made.SelectMany(list => list).Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_uuid_of_version_7_with_its_moment_in_front()
    {
        var id = new IdGenerator(_time).NewGuid();

        Assert.Equal(7, id.Version);
        Assert.Equal(ManualTime.Noon.ToUnixTimeMilliseconds().ToString("x12", null), id.ToString("N")[..12]);
        Assert.True(string.CompareOrdinal(IdGenerator.LowestAt(ManualTime.Noon).ToString(), id.ToString()) <= 0);
        Assert.True(string.CompareOrdinal(id.ToString(), IdGenerator.LowestAt(ManualTime.Noon.AddMilliseconds(1)).ToString()) < 0);
    }
}
