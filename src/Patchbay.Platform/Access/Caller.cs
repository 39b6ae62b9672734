using System.Reflection;
using Microsoft.AspNetCore.Http;
using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>Who is calling, once the key was found good.</summary>
/// <param name="TraceParent">
/// W3C <c>traceparent</c> of the request; what follows from it belongs to the same trace. Null when nobody traces it.
/// </param>
public sealed record Caller(TenantId Tenant, ApiKey Key, string? TraceParent = null)
{
    /// <summary>As the audit names it.</summary>
    public string Actor => Key.Id.ToString();

    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context));

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint asks for a caller but requires no permission.");
}
