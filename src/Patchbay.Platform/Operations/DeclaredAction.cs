using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Operations;

/// <summary>Marks the endpoints of an action.</summary>
public sealed record ActionName(string Name);

/// <summary>What an action is to be done to, and with what.</summary>
/// <param name="Subject">What the path names: an id, a country. Null when it names nothing.</param>
/// <param name="Body">UTF-8 JSON; empty counts as <c>{}</c>.</param>
public sealed record ActionInput(string? Subject, byte[] Body);

/// <summary>Validates and prepares; see <see cref="OperationRunner.RunAsync"/>.</summary>
internal delegate Task<Result<Operation, Error>> Preparing(CancellationToken cancellationToken);

/// <summary>Reads the input: what is to be prepared, or what is wrong with it.</summary>
internal delegate Result<Preparing, Error> Binding(IServiceProvider services, ApiRequest request, ActionInput input);

/// <summary>A change that the hub offers under a name: over HTTP, and to its other parts, which call it by the name.</summary>
public sealed class DeclaredAction
{
    private readonly Binding _bind;

    /// <param name="name"><c>payments.refunds.create</c>: the resource first, which the permission follows from.</param>
    /// <param name="subject">What the path names; null when it names nothing.</param>
    internal DeclaredAction(string name, FeatureRoutes hub, string route, Type? subject, Type? input, Binding bind)
    {
        (Name, Input, _bind) = (name, input, bind);
        Endpoint = new DeclaredEndpoint(hub, route, subject, "write:" + name.Split('.')[0], AnswerAsync);
        Endpoint.With(new ActionName(name));
        if (input is not null)
            Endpoint.With(new AcceptsMetadata(["application/json"], input, isOptional: true));   // no body counts as an empty one
    }

    public string Name { get; }

    /// <summary>What the body is read as; null when the action takes none.</summary>
    public Type? Input { get; }

    public DeclaredEndpoint Endpoint { get; }

    /// <summary>Does it for somebody, as the same request over HTTP would: with its permission, its idempotency, its audit.</summary>
    /// <param name="services">Those of the caller's shard.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    public async Task<StoredReply> InvokeAsync(
        IServiceProvider services, Caller caller, ActionInput input, string? key, CancellationToken cancellationToken)
    {
        var path = Endpoint.Path.Replace($"{{{Endpoint.Subject}}}", input.Subject, StringComparison.Ordinal).TrimEnd('/');
        using var trace = CallTrace.Begin(Name, caller.TraceParent);
        var fault = Permissions.Allow(caller.Key.Permissions, Endpoint.Permission)
            ? ApiRequest.Fault(key ?? "", Endpoint.NeedsKey)
            : ApiAccess.Lacks(Endpoint.Permission);
        var request = new ApiRequest(
            caller, $"{Endpoint.Method} {Endpoint.Path}", path, key, TimeSpan.Zero, HubJson.Options, CallTrace.Id, fault);
        return fault is null ? await RunAsync(services, request, input, cancellationToken) : request.Refuse(fault);
    }

    private async Task<StoredReply> RunAsync(
        IServiceProvider services, ApiRequest request, ActionInput input, CancellationToken cancellationToken)
    {
        var bound = _bind(services, request, input);
        return (bound.Error ?? request.Error) is { } error
            ? request.Refuse(error)
            : await services.GetRequiredService<OperationRunner>().RunAsync(request, input.Body, bound.Value.Invoke, cancellationToken);
    }

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        var request = ApiRequest.Of(http);
        var (body, unreadable) = Input is null ? ([], null) : await BodyBytes.ReadAsync(http);
        var input = new ActionInput(Endpoint.Subject is { } subject ? http.GetRouteValue(subject) as string : null, body);
        var reply = unreadable is null
            ? await RunAsync(http.RequestServices, request, input, http.RequestAborted)
            : request.Refuse(unreadable);
        return reply.ToResult();
    }
}
