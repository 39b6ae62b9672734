using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Integrations.Timeline;

/// <summary>A feature of which customers see something in their timeline.</summary>
public interface ITimelineSource
{
    /// <summary>Who may see it.</summary>
    string Permission { get; }

    /// <summary>What belongs to the customer, newest first.</summary>
    Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineQuery query, CancellationToken cancellationToken);
}

/// <summary>Whose timeline is asked for.</summary>
/// <param name="Id">The hub's id of the customer.</param>
/// <param name="ExternalId">The business system's.</param>
/// <param name="Before">Lower ids are wanted: ids are made in the order of time.</param>
public sealed record TimelineQuery(TenantId Tenant, IntegrationMode Mode, string Id, string ExternalId, Guid Before, int Limit);

/// <summary>Something that happened to, or for, a customer.</summary>
/// <param name="Id">By which it is sorted, and by which its deliveries know it.</param>
/// <param name="Type">What it is: <c>payment</c>.</param>
/// <param name="View">As the API shows it.</param>
public sealed record TimelineEntry(Guid Id, string Type, object View);
