using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Operations;

/// <summary>
/// Declares actions: a name, a route, and the handler's method that validates and prepares. The permission is <c>write:</c> and the name's
/// first word.
/// </summary>
public static class Actions
{
    /// <summary>With a body.</summary>
    public static DeclaredEndpoint Action<THandlers, TInput>(
        this FeatureRoutes hub, string name, string route,
        Func<THandlers, Func<Caller, TInput, CancellationToken, Task<Result<Operation, Error>>>> of)
        where THandlers : notnull
        where TInput : class =>
        hub.Declare(name, route, null, typeof(TInput), (services, request, input) => Read<TInput>(input, request)
            .Map(body => Later(token => of(services.GetRequiredService<THandlers>())(request.Caller, body, token))));

    /// <summary>On what the path names.</summary>
    public static DeclaredEndpoint ActionOn<THandlers, TSubject>(
        this FeatureRoutes hub, string name, string route,
        Func<THandlers, Func<Caller, TSubject, CancellationToken, Task<Result<Operation, Error>>>> of)
        where THandlers : notnull
        where TSubject : IParsable<TSubject> =>
        hub.Declare(name, route, typeof(TSubject), null, (services, request, input) => Subject<TSubject>(input.Subject)
            .Map(subject => Later(token => of(services.GetRequiredService<THandlers>())(request.Caller, subject, token))));

    /// <summary>On what the path names, with a body.</summary>
    public static DeclaredEndpoint ActionOn<THandlers, TSubject, TInput>(
        this FeatureRoutes hub, string name, string route,
        Func<THandlers, Func<Caller, TSubject, TInput, CancellationToken, Task<Result<Operation, Error>>>> of)
        where THandlers : notnull
        where TSubject : IParsable<TSubject>
        where TInput : class =>
        hub.Declare(name, route, typeof(TSubject), typeof(TInput), (services, request, input) => Subject<TSubject>(input.Subject)
            .Then(subject => Read<TInput>(input, request)
                .Map(body => Later(token => of(services.GetRequiredService<THandlers>())(request.Caller, subject, body, token)))));

    /// <summary>Another feature's, to say with what this one may refuse it.</summary>
    public static DeclaredEndpoint ActionNamed(this FeatureRoutes hub, string name) =>
        hub.Root.ServiceProvider.GetRequiredService<ActionRegistry>().Find(name)?.Endpoint
            ?? throw new InvalidOperationException($"There is no action named {name}.");

    /// <summary>An id that is not even of the right form is not found, like any other that does not exist.</summary>
    internal static Result<TSubject, Error> Subject<TSubject>(string? text)
        where TSubject : IParsable<TSubject> =>
        TSubject.TryParse(text, CultureInfo.InvariantCulture, out var subject) ? subject : Error.NotFound("resource with this id");

    private static Result<TInput, Error> Read<TInput>(ActionInput input, ApiRequest request)
        where TInput : class
    {
        var body = Body<TInput>.Read(input.Body, request.Json);
        return body.Error is null ? body.Value : body.Error;
    }

    private static Preparing Later(Preparing prepare) => prepare;

    private static DeclaredEndpoint Declare(
        this FeatureRoutes hub, string name, string route, Type? subject, Type? input, Binding bind)
    {
        var action = new DeclaredAction(name, hub, route, subject, input, bind);
        hub.Root.ServiceProvider.GetRequiredService<ActionRegistry>().Add(action);
        return action.Endpoint;
    }
}
