using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Hosting;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Tests.Hosting;

/// <summary>Starts that are cut in two: by a stop, by a folder that cannot be written.</summary>
public sealed class CutStartTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("first-api-key")]
    [InlineData("first-test-key")]
    public async Task A_first_run_that_is_cut_off_is_done_by_the_next_start(string unwritable)
    {
        using var data = new DataFolder();
        Directory.CreateDirectory(data.File(unwritable));
        await using (var cut = Build(data, services => services.AddHostedService<FirstRun>()))
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => cut.ServeAsync(_ct));
        Directory.Delete(data.File(unwritable));

        await using var whole = Build(data, services => services.AddHostedService<FirstRun>());
        await whole.StartAsync(_ct);

        var names = await whole.Services.GetRequiredService<Database>().QueryAsync(
            "SELECT t.name, k.mode FROM api_keys k JOIN tenants t ON t.id = k.tenant_id ORDER BY k.mode LIMIT 9", new { },
            row => (row.Text("name"), row.Text("mode")), _ct);
        Assert.Equal([("default", "live"), ("default", "test")], names);
        using var http = new HttpClient { BaseAddress = new Uri(whole.Urls.First()) };
        foreach (var file in new[] { "first-api-key", "first-test-key" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/tenant");
            request.Headers.Authorization = new("Bearer", await File.ReadAllTextAsync(data.File(file), _ct));
            using var answer = await http.SendAsync(request, _ct);
            Assert.Contains("\"default\"", await answer.Content.ReadAsStringAsync(_ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_the_start_ends_it_in_order()
    {
        using var data = new DataFolder();
        await using var hub = Build(data, services => services.AddHostedService<StopMeanwhile>());

        await hub.ServeAsync(_ct);

        Assert.True(hub.Lifetime.ApplicationStopped.IsCancellationRequested);
        var alive = await hub.Services.GetRequiredService<Database>().QueryAsync(
            "SELECT id FROM nodes WHERE dead_at IS NULL LIMIT 1", new { }, row => row.Guid("id"), _ct);
        Assert.Empty(alive);
    }

    private static WebApplication Build(DataFolder data, Action<IServiceCollection> configure) =>
        HubApplication.Build(
            "http://127.0.0.1:0",
            new Dictionary<string, string?> { [HubSettings.DataOption] = data.Path, ["Patchbay:DataFolder"] = data.Path },
            builder => configure(builder.Services));

    private sealed class StopMeanwhile(IHostApplicationLifetime lifetime) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
