using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Jobs over HTTP, of whatever kind.</summary>
internal sealed class JobsFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        // Each kind comes with the feature that it belongs to.
    }

    public void Map(FeatureRoutes routes) =>
        routes.Api.MapGet("/jobs/{id}", GetAsync).WithTags("Deliveries").RequirePermission("read:deliveries").Produces<JobView>()
            .WithSummary("How far a job has come");

    private static async Task<IResult> GetAsync(Ref<JobId> id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await database.FindAsync(JobTable.Instance, new JobKey(caller.Tenant, id), cancellationToken) is { } job
            ? Results.Json(JobView.From(job), HubJson.Options)
            : Error.NotFound("job").ToResult();
}

public static class JobRegistration
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>A kind of job with what runs it.</summary>
    /// <param name="name">For the log.</param>
    public static IServiceCollection AddJobs<TKind>(this IServiceCollection services, string name)
        where TKind : class, IJobKind =>
        services.AddSingleton<TKind>().AddSingleton<JobRunner<TKind>>().AddLoop<JobRunner<TKind>>(name, Pause, runner => runner.RunAsync);
}
