using Patchbay.Platform.Jobs;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Jobs;

/// <summary>What every kind of job can rely on, whichever node takes a step, on either database.</summary>
public abstract class JobRunnerContract(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private readonly IdGenerator _ids = new(TimeProvider.System);
    private readonly List<Ledger> _ledgers = [];
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await databases.CreateAsync(kind, _ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var ledger in _ledgers)
            await ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_job_goes_step_by_step_until_it_ends()
    {
        var job = await DueAsync();
        var runner = Node(new Counting(steps: 3));

        for (var round = 1; round <= 3; round++)
        {
            await runner.RunAsync(_ct);
            Assert.Equal((round, round < 3 ? JobStatus.Running : JobStatus.Done), await StandAsync(job));
        }

        Assert.Null((await FindAsync(job)).NextAt);
    }

    [Fact]
    public async Task A_step_without_pause_is_followed_by_the_next_at_once()
    {
        var job = await DueAsync();

        await Node(new Counting(steps: 5, atOnce: true)).RunAsync(_ct);

        Assert.Equal((5, JobStatus.Done), await StandAsync(job));
    }

    [Fact]
    public async Task A_long_job_keeps_no_other_from_its_turn()
    {
        var steps = new List<JobId>();
        var first = await DueAsync();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        var second = await DueAsync();
        var counting = new Counting(steps: 5, atOnce: true)
        {
            OnStep = job =>
            {
                if (job.Id == first.Id)
                    _time.Advance(TimeSpan.FromSeconds(0.5));
                steps.Add(job.Id);
            },
        };
        var runner = Node(counting);

        while (await StandAsync(first) is (_, JobStatus.Running))
            await runner.RunAsync(_ct);

        Assert.Equal([first.Id, first.Id, second.Id, second.Id], steps[..4]);
        Assert.Equal((5, JobStatus.Done), await StandAsync(second));
    }

    [Fact]
    public async Task A_job_of_a_node_that_died_is_taken_by_another_after_the_lease_and_not_before()
    {
        var job = await DueAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Node(new Counting(steps: 1, failing: [job.Id])).RunAsync(_ct));
        var other = Node(new Counting(steps: 1));

        await other.RunAsync(_ct);
        Assert.Equal((0, JobStatus.Running), await StandAsync(job));
        _time.Advance(JobRunner<Counting>.Lease);
        await other.RunAsync(_ct);

        Assert.Equal((1, JobStatus.Done), await StandAsync(job));
    }

    [Fact]
    public async Task A_step_that_fails_holds_up_no_other_job()
    {
        var bad = await DueAsync();
        var good = await DueAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Node(new Counting(steps: 1, failing: [bad.Id])).RunAsync(_ct));

        Assert.Equal((0, JobStatus.Running), await StandAsync(bad));
        Assert.Equal((1, JobStatus.Done), await StandAsync(good));
    }

    [Fact]
    public async Task A_step_that_two_nodes_take_is_committed_by_one()
    {
        var job = await DueAsync();
        var (one, two) = (new Counting(steps: 1), new Counting(steps: 1));
        var seen = await FindAsync(job);

        Assert.NotNull(await Node(one).CommitAsync(seen, await one.StepAsync(seen, _ct), _ct));
        Assert.Null(await Node(two).CommitAsync(seen, await two.StepAsync(seen, _ct), _ct));

        Assert.Equal((1, 0), (one.Committed, two.Committed));
        Assert.Equal((1, JobStatus.Done), await StandAsync(job));
    }

    [Fact]
    public async Task A_job_that_can_do_nothing_now_waits_and_is_as_it_was()
    {
        var job = await DueAsync();
        var runner = Node(new Counting(steps: 1, waits: true));

        _time.Advance(TimeSpan.FromSeconds(5));
        await runner.RunAsync(_ct);

        var waiting = await FindAsync(job);
        Assert.Equal((job.UpdatedAt, 0L, JobStatus.Running), (waiting.UpdatedAt, waiting.Done, waiting.Status));
        Assert.Equal(_time.GetUtcNow() + Counting.Wait, waiting.NextAt);
    }

    [Fact]
    public async Task Jobs_of_other_kinds_are_left_alone()
    {
        var job = await DueAsync(name: "another");

        await Node(new Counting(steps: 1)).RunAsync(_ct);

        Assert.Equal((0, JobStatus.Running), await StandAsync(job));
    }

    private JobRunner<Counting> Node(Counting counting)
    {
        var database = _database.OpenAgain();
        var ledger = new Ledger(database, _time);
        _ledgers.Add(ledger);
        return new JobRunner<Counting>(counting, database, ledger, _time);
    }

    private async Task<Job> DueAsync(string name = "count")
    {
        var (tenant, id, now) = (_ids.New<TenantId>(), _ids.New<JobId>(), _time.GetUtcNow());
        await _database.Database.ExecuteAsync(
            """
            INSERT INTO jobs (tenant_id, id, kind, actor, input, status, done, skipped, created_at, updated_at, next_at)
            VALUES (@tenant, @id, @name, 'test', '{}', 'running', 0, 0, @now, @now, @now)
            """,
            new { tenant, id, name, now }, _ct);
        return await FindAsync(tenant, id);
    }

    private async Task<(int Done, JobStatus Status)> StandAsync(Job job)
    {
        var now = await FindAsync(job);
        return ((int)now.Done, now.Status);
    }

    private Task<Job> FindAsync(Job job) => FindAsync(job.TenantId, job.Id);

    private async Task<Job> FindAsync(TenantId tenant, JobId id) => (await _database.Database.FindAsync(
        "SELECT * FROM jobs WHERE tenant_id = @tenant AND id = @id", new { tenant, id }, JobTable.Instance.Read, _ct))!;

    /// <summary>Counts to a number, one a step.</summary>
    private sealed class Counting(int steps, bool atOnce = false, bool waits = false, JobId[]? failing = null) : IJobKind
    {
        public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

        public string Name => "count";

        public int Committed { get; private set; }

        public Action<Job> OnStep { get; init; } = _ => { };

        public Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken)
        {
            if (failing?.Contains(job.Id) == true)
                throw new InvalidOperationException("It fails.");
            OnStep(job);
            var step = new JobStep((_, seen) => seen.Advance(null, 1, 0, seen.Done + 1 == steps))
            {
                Pause = atOnce ? null : TimeSpan.Zero, Committed = () => Committed++,
            };
            return Task.FromResult(waits ? JobStep.Wait(Wait) : step);
        }
    }
}

public sealed class SqliteJobRunnerTests(HubDatabases databases) : JobRunnerContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlJobRunnerTests(HubDatabases databases) : JobRunnerContract(databases, TestDatabases.PostgreSql);
