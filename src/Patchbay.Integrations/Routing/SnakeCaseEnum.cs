using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Integrations.Routing;

/// <summary>Writes an enum as the contract's words: <c>BreakerOpen</c> is <c>breaker_open</c>. Numbers are not read.</summary>
public sealed class SnakeCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
