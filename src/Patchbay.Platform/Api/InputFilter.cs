using Microsoft.AspNetCore.Http;

namespace Patchbay.Platform.Api;

/// <summary>An argument of an endpoint that may have been impossible to read.</summary>
internal interface IChecked
{
    /// <summary>Null when it could be read.</summary>
    Error? Error { get; }
}

/// <summary>Answers requests with an argument that could not be read, before the endpoint sees them.</summary>
public sealed class InputFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IChecked { Error: { } error })
                return error.ToResult();
        }

        return await next(context);
    }
}
