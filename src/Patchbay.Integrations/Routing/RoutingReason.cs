using System.Text.Json.Serialization;

namespace Patchbay.Integrations.Routing;

/// <summary>How an operation came to its integration.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RoutingReason>))]
public enum RoutingReason
{
    /// <summary>No rule led to a usable integration.</summary>
    NoActiveProvider,

    /// <summary>A rule matched and its integration, or the member of its split that was this reference's turn, is usable.</summary>
    Rule,

    /// <summary>As <see cref="Rule"/>, by the default rule.</summary>
    Default,

    /// <summary>A rule matched, but another of its candidates had to stand in.</summary>
    Fallback,

    /// <summary>The caller named the integration.</summary>
    Explicit,

    /// <summary>There is no rule for the capability, and only one active integration has it.</summary>
    OnlyProvider,
}
