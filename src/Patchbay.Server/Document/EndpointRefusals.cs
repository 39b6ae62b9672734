using Microsoft.AspNetCore.Http.Metadata;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Http;
using Patchbay.Server.Shards;

namespace Patchbay.Server.Document;

/// <summary>Codes that an endpoint may refuse with for one reason.</summary>
/// <param name="Trait">What it has them for; empty for what holds anywhere, null for what the endpoint declares itself.</param>
internal sealed record RefusalGroup(string? Trait, IReadOnlyList<ErrorCode> Codes);

/// <summary>With what an endpoint may refuse a request: what follows from what it is, and what it declares.</summary>
public static class EndpointRefusals
{
    // Without 500: a fault of the hub's own is nothing that an endpoint promises.
    private static readonly RefusalGroup Anywhere =
        new("", [ServerErrors.DatabaseUnavailable, ShardRouting.Unavailable, TenantErrors.IsMoving]);

    private static readonly RefusalGroup WithKey = new("",
    [
        ApiErrors.UnreadableRequest, AccessErrors.Unauthenticated, AccessErrors.NetworkNotAllowed, AccessErrors.PermissionMissing,
        ApiErrors.ValidationFailed, ApiErrors.RateLimited,
    ]);

    private static readonly RefusalGroup AtPath = new("", [ApiErrors.NotFound]);
    private static readonly RefusalGroup OfBody =
        new("Body", [ApiErrors.UnreadableBody, ApiErrors.BodyTooLarge, ApiErrors.UnsupportedMediaType]);

    private static readonly RefusalGroup OfJson = new("Json", [ApiErrors.MalformedJson, ApiErrors.TooDeep]);
    private static readonly RefusalGroup OfMoney = new("Money", [OperationErrors.KeyRequired]);

    private static readonly RefusalGroup OfChange = new("Change",
    [
        OperationErrors.KeyInvalid, OperationErrors.InProgress, OperationErrors.KeyReused, OperationErrors.OutcomeUncertain,
        ServerErrors.StorageFull,
    ]);

    /// <param name="metadata">The endpoint's.</param>
    /// <param name="path">Its template.</param>
    public static IReadOnlyList<ErrorCode> Of(IEnumerable<object> metadata, string path) =>
        [.. Groups([.. metadata], path).SelectMany(group => group.Codes).Distinct()];

    internal static IEnumerable<RefusalGroup> Groups(IReadOnlyList<object> metadata, string path)
    {
        yield return Anywhere;
        if (metadata.OfType<RequiredPermission>().Any())
            yield return WithKey;
        if (path.Contains('{', StringComparison.Ordinal))
            yield return AtPath;
        if (metadata.OfType<IAcceptsMetadata>().LastOrDefault() is { } accepts)
        {
            yield return OfBody;
            if (accepts.ContentTypes.Contains("application/json"))
                yield return OfJson;
        }

        if (metadata.OfType<ActionName>().Any())
            yield return OfChange;
        if (metadata.OfType<NeedsIdempotencyKey>().Any())
            yield return OfMoney;
        yield return new RefusalGroup(null, [.. metadata.OfType<Refusals>().SelectMany(refusals => refusals.Codes).Distinct()]);
    }
}
