using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>A member of a split as the API shows it and the database keeps it.</summary>
public sealed record SplitView([ReadAs(typeof(IntegrationId))] string IntegrationId, int Weight)
{
    public static SplitView From(SplitShare share) => new(share.IntegrationId.ToString(), share.Weight);

    public SplitShare ToShare() => new(TypeId.Parse<IntegrationId>(IntegrationId), Weight);
}
