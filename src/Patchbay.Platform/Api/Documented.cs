using Microsoft.AspNetCore.Builder;

namespace Patchbay.Platform.Api;

/// <summary>What an endpoint refuses of its own, beside what any of its kind may refuse.</summary>
public sealed record Refusals(IReadOnlyList<ErrorCode> Codes);

/// <summary>The answer in another form, for those who ask for it with <c>Accept</c>.</summary>
public sealed record AlsoAnswers(string ContentType, Type Body);

/// <summary>What a body may look like that is not JSON.</summary>
public sealed record TextExample(string ContentType, string Text);

/// <summary>A header of a request, or of the answer.</summary>
public sealed record DocumentedHeader(string Name, string Description, bool OfAnswer);

public static class DocumentedExtensions
{
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params ErrorCode[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Refusals(codes));
}
