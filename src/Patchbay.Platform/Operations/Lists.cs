using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>
/// Declares what can be read: lists of a table's rows, and single things. The permission is <c>read:</c> and the feature's resource. What
/// needs more is mapped by hand, beside these.
/// </summary>
public static class Lists
{
    /// <summary>The tenant's rows of a table with an <c>id</c>, newest first, by pages.</summary>
    public static DeclaredEndpoint List<TKey, TRow, TView>(
        this FeatureRoutes hub, string route, Table<TKey, TRow> table, Func<TRow, TView> view, Action<ListFilters>? by = null)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => hub.List(route, table, (IServiceProvider _, TRow row) => view(row), by);

    /// <inheritdoc cref="List{TKey, TRow, TView}(FeatureRoutes, string, Table{TKey, TRow}, Func{TRow, TView}, Action{ListFilters}?)"/>
    /// <param name="view">With a service that it needs.</param>
    public static DeclaredEndpoint List<TKey, TRow, TService, TView>(
        this FeatureRoutes hub, string route, Table<TKey, TRow> table, Func<TService, TRow, TView> view, Action<ListFilters>? by = null)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
        where TService : notnull
    {
        var filters = new ListFilters();
        by?.Invoke(filters);
        var endpoint = hub.Read(route, null, async (http, caller) =>
        {
            var page = PageRequest.Of(http);
            if (page.Error is not null)
                return page.Error.ToResult();
            var faults = new Faults();
            var where = new SqlFilter()
                .And("tenant_id = @tenant", "tenant", caller.Tenant).And("id < @before", "before", page.Before)
                .With("limit", page.Limit + 1);
            filters.Apply(http.Request.Query, where, faults);
            if (faults.Any)
                return faults.ToError().ToResult();
            var rows = await http.RequestServices.GetRequiredService<Database>().QueryAsync(
                $"SELECT * FROM {table.Name} WHERE {where.Where} ORDER BY id DESC LIMIT @limit", where.Parameters,
                row => (Id: row.Guid("id"), Row: table.Read(row)), http.RequestAborted);
            var service = http.RequestServices.GetRequiredService<TService>();
            return Json(http, Page<(Guid Id, TRow Row)>.Of(rows, page.Limit, row => row.Id).Select(row => view(service, row.Row)));
        });
        foreach (var parameter in filters.Parameters.Concat(PageRequest.Parameters))
            endpoint.With(parameter);
        return endpoint.Answers<Page<TView>>();
    }

    /// <summary>What the path names.</summary>
    /// <param name="noun">For "There is no such ...".</param>
    /// <param name="find">Null when there is none, or it is another tenant's.</param>
    public static DeclaredEndpoint One<THandlers, TSubject, TRow, TView>(
        this FeatureRoutes hub, string route, string noun,
        Func<THandlers, Func<TenantId, TSubject, CancellationToken, Task<TRow?>>> find, Func<TRow, TView> view)
        where THandlers : notnull
        where TSubject : IParsable<TSubject>
        where TRow : class => hub.One(route, noun, find, (IServiceProvider _, TRow row) => view(row));

    /// <inheritdoc cref="One{THandlers, TSubject, TRow, TView}"/>
    /// <param name="view">With a service that it needs.</param>
    public static DeclaredEndpoint One<THandlers, TSubject, TRow, TService, TView>(
        this FeatureRoutes hub, string route, string noun,
        Func<THandlers, Func<TenantId, TSubject, CancellationToken, Task<TRow?>>> find, Func<TService, TRow, TView> view)
        where THandlers : notnull
        where TSubject : IParsable<TSubject>
        where TRow : class
        where TService : notnull => hub.One<THandlers, TSubject, TRow, TService, TView>(
            route, noun, handlers => (caller, subject, cancel) => find(handlers)(caller.Tenant, subject, cancel), view);

    /// <summary>What the path names, for those who may see it.</summary>
    /// <param name="noun">For "There is no such ...".</param>
    /// <param name="find">Null when there is none, or it is not the caller's to see.</param>
    /// <param name="view">With a service that it needs.</param>
    public static DeclaredEndpoint One<THandlers, TSubject, TRow, TService, TView>(
        this FeatureRoutes hub, string route, string noun,
        Func<THandlers, Func<Caller, TSubject, CancellationToken, Task<TRow?>>> find, Func<TService, TRow, TView> view)
        where THandlers : notnull
        where TSubject : IParsable<TSubject>
        where TRow : class
        where TService : notnull => hub.Read(route, typeof(TSubject), async (http, caller) =>
        {
            var subject = Actions.Subject<TSubject>(http.GetRouteValue(PathOf(route)) as string);
            if (!subject.IsSuccess)
                return subject.Error.ToResult();
            var handlers = http.RequestServices.GetRequiredService<THandlers>();
            return await find(handlers)(caller, subject.Value, http.RequestAborted) is { } row
                ? Json(http, view(http.RequestServices.GetRequiredService<TService>(), row))
                : Error.NotFound(noun).ToResult();
        }).Answers<TView>();

    private static string PathOf(string route) => route.Split('{', '}')[1];

    private static IResult Json<T>(HttpContext http, T view) => Results.Json(view, HubJson.For(http));

    private static DeclaredEndpoint Read(
        this FeatureRoutes hub, string route, Type? subject, Func<HttpContext, Caller, Task<IResult>> read) =>
        new(hub, route, subject, "read:" + hub.Resource, http => read(http, Caller.Of(http)));
}
