using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Operations;

/// <summary>
/// An endpoint that was declared: where it is, who may call it, what it answers. It reads its request by hand, so that nothing has to be
/// compiled when the hub starts.
/// </summary>
public sealed class DeclaredEndpoint
{
    // What the documentation takes for the method behind the endpoint; it asks for one.
    private static readonly MethodInfo Behind = ((Delegate)AnswerAsync).Method;

    private readonly FeatureRoutes _hub;
    private readonly Func<HttpContext, Task<IResult>> _answer;
    private readonly List<object> _metadata = [];

    /// <param name="route">Method and path, for example <c>POST /payments/{id}/cancel</c>.</param>
    /// <param name="subject">What the path names; null when it names nothing.</param>
    internal DeclaredEndpoint(FeatureRoutes hub, string route, Type? subject, string permission, Func<HttpContext, Task<IResult>> answer)
    {
        (_hub, _answer, Permission) = (hub, answer, permission);
        (Method, var path) = Split(route);
        Path = FeatureRoutes.ApiBase + path;
        Subject = path.Split('{', '}') is [_, var name, ..] ? name : null;
        if (Subject is not null)
            With(new PathParameter(Subject, subject!));
        Map(Method, Path, []);
    }

    public string Method { get; }

    /// <summary>The template. As a part of kept idempotency keys it stays as it was released, a slash at its end included.</summary>
    public string Path { get; }

    /// <summary>What stands in braces in the path; null when nothing does.</summary>
    public string? Subject { get; }

    public string Permission { get; private set; }

    /// <summary>It moves money: a request without an idempotency key is refused.</summary>
    public bool NeedsKey { get; private set; }

    public DeclaredEndpoint Says(string summary) => With(new Summary(summary));

    /// <summary>One body, under each of these statuses; 200 when none is named.</summary>
    public DeclaredEndpoint Answers<TView>(params int[] statuses)
    {
        foreach (var status in statuses is [] ? [200] : statuses)
            With(new ProducesResponseTypeMetadata(status, typeof(TView), ["application/json"]));
        return this;
    }

    /// <summary>Of its own, beside what any endpoint of its kind may.</summary>
    public DeclaredEndpoint Refuses(params ErrorCode[] codes) => With(new Refusals(codes));

    /// <summary>Another permission than the one that follows from the name.</summary>
    public DeclaredEndpoint Needs(string permission)
    {
        Permission = permission;
        return this;
    }

    /// <summary>Refuses requests without an idempotency key.</summary>
    public DeclaredEndpoint MovesMoney()
    {
        NeedsKey = true;
        return With(new NeedsIdempotencyKey());
    }

    /// <summary>The same in camelCase, on a path of a system that the hub stands in for.</summary>
    /// <param name="says">Null: as here.</param>
    public DeclaredEndpoint Alias(string route, string? says = null)
    {
        var (method, path) = Split(route);
        Map(method, FeatureRoutes.AliasBase + path, says is null ? [new CamelCase()] : [new CamelCase(), new Summary(says)]);
        return this;
    }

    internal DeclaredEndpoint With(object metadata)
    {
        _metadata.Add(metadata);
        return this;
    }

    private async Task ServeAsync(HttpContext http) => await DepartureFilter.Pass(http, await _answer(http)).ExecuteAsync(http);

    private static Task<IResult> AnswerAsync() => throw new NotSupportedException();

    private static (string Method, string Path) Split(string route) => route.Split(' ') is [var method, var path]
        ? (method, path)
        : throw new ArgumentException($"'{route}' is not a method and a path.", nameof(route));

    private void Map(string method, string path, object[] more) => _hub.Root.MapMethods(path, [method], ServeAsync).Add(endpoint =>
    {
        object[] all = [Behind, new RequiredPermission(Permission), new TagsAttribute(_hub.Heading), .. _metadata, .. more];
        foreach (var one in all)
            endpoint.Metadata.Add(one);
    });

    private sealed record Summary(string Text) : IEndpointSummaryMetadata
    {
        string IEndpointSummaryMetadata.Summary => Text;
    }
}

/// <summary>What stands in the path of an endpoint that was declared.</summary>
public sealed record PathParameter(string Name, Type Type);
