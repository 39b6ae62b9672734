using System.Text.Json.Serialization;

namespace Patchbay.Integrations.Routing;

/// <summary>What became of a rule in a decision.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RuleOutcome>))]
public enum RuleOutcome
{
    /// <summary>It decided.</summary>
    Chosen,

    /// <summary>It would have decided, had not a rule before it.</summary>
    Outranked,

    /// <summary>A condition does not hold.</summary>
    ConditionsFailed,

    /// <summary>Its conditions hold, but neither its integration nor a fallback is usable.</summary>
    NoUsableIntegration,

    /// <summary>The rule is switched off.</summary>
    Inactive,

    /// <summary>A stored condition is not understood by this version.</summary>
    Invalid,
}
