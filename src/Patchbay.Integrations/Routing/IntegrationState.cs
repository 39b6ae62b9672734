using System.Text.Json.Serialization;

namespace Patchbay.Integrations.Routing;

/// <summary>Whether an integration can take an operation now, and why not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<IntegrationState>))]
public enum IntegrationState
{
    Usable,

    /// <summary>Active, but its circuit breaker is open.</summary>
    BreakerOpen,

    /// <summary>Active, but without this capability, or with it switched off.</summary>
    CapabilityOff,

    /// <summary>Active, but its provider does not take the operation's currency.</summary>
    CurrencyNotSupported,

    /// <summary>Of a rule from before rules had modes: it is live and the operation is not, or the other way round.</summary>
    OtherMode,

    PendingVerify,
    Error,
    Inactive,
    Deleted,
}
