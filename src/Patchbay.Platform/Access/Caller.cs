using System.Reflection;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>Who is calling, once the key was found good.</summary>
/// <param name="TraceParent">
/// W3C <c>traceparent</c> of the request; what follows from it belongs to the same trace. Null when nobody traces it.
/// </param>
public sealed record Caller(TenantId Tenant, ApiKey Key, string? TraceParent = null)
{
    /// <summary>As the audit names it: by default, the key.</summary>
    public string Actor { get; init; } = Key.Id.ToString();

    /// <summary>Of the integrations that the key sees and uses, and of what is made with it.</summary>
    public IntegrationMode Mode => Key.Live ? IntegrationMode.Live : IntegrationMode.Sandbox;

    /// <summary>Null when the caller may act on what belongs to a mode.</summary>
    /// <param name="mode">Null: of what belongs to neither.</param>
    public Error? RefusalIn(IntegrationMode? mode) => mode is null || mode == Mode ? null : AccessErrors.WrongMode.With(
        $"It is in {mode.Value.ToWord()} mode; use a {(mode == IntegrationMode.Live ? "ba_live_" : "ba_test_")} key.");

    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context));

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint asks for a caller but requires no permission.");
}
