using System.Text.Json;

namespace Patchbay.Platform.Api;

/// <summary>What a request that changes something names, for the audit, which does not keep the values.</summary>
public static class GivenFields
{
    /// <summary>The fields that are not null, in snake_case.</summary>
    public static IEnumerable<string> Of<TRequest>(TRequest request) => typeof(TRequest).GetProperties()
        .Where(property => property.GetValue(request) is not null)
        .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
}
