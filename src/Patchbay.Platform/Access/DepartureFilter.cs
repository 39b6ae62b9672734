using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;

namespace Patchbay.Platform.Access;

/// <summary>
/// Has a caller come again whose tenant left this shard while its request was answered: what was read, or refused for what was read, may
/// be half of the truth. What was done stays done: writes are kept out where a tenant does not live any more.
/// </summary>
public sealed class DepartureFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return MayBeSent(context.HttpContext, result as IResult) ? result : TenantErrors.Moving.ToResult();
    }

    /// <summary>The answer, or the request to come again.</summary>
    internal static IResult Pass(HttpContext http, IResult answer) => MayBeSent(http, answer) ? answer : TenantErrors.Moving.ToResult();

    private static bool MayBeSent(HttpContext http, IResult? answer)
    {
        var wasDone = !HttpMethods.IsGet(http.Request.Method) && answer is not IStatusCodeHttpResult { StatusCode: >= 400 };
        return wasDone || http.Features.Get<Caller>() is not { } caller
            || http.RequestServices.GetRequiredService<TenantConfigs>().Known(caller.Tenant) is { Moving: false };   // known when let in
    }
}
