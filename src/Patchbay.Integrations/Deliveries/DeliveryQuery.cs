using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Which deliveries are meant, in lists and in bulk retries.</summary>
/// <param name="SubjectId">TypeID of what they act for: a payment, refund, message, integration or event.</param>
/// <param name="Destination">TypeID of what they go to: an integration, a webhook endpoint.</param>
/// <param name="ErrorCode">Of the last attempt.</param>
public sealed record DeliveryQuery(
    string? Status = null, string? Capability = null, IntegrationId? IntegrationId = null, string? SubjectId = null,
    string? ErrorCode = null, DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null, string? Destination = null)
{
    internal SqlFilter? ToFilter(TenantId tenant, Guid before, string prefix, Faults faults)
    {
        faults.Word<DeliveryStatus>(Status, prefix + "status");
        Guid? subject = null;
        if (SubjectId is not null)
        {
            faults.Require(TypeId.TryParse(SubjectId, out var id), prefix + "subject_id", "is not an id of this API");
            subject = id;
        }

        Guid? lane = IntegrationId?.Value;
        if (Destination is not null)
        {
            faults.Require(TypeId.TryParse(Destination, out var id), prefix + "destination", "is not an id of this API");
            lane = id;
        }

        return faults.Any ? null : new SqlFilter().And("tenant_id = @tenant", "tenant", tenant)
            .And("id < @before", "before", before)
            .And("status = @status", "status", Status)
            .And("capability = @capability", "capability", Capability)
            .And("lane_id = @lane", "lane", lane)
            .And("subject_id = @subject", "subject", subject)
            .And("last_code = @code", "code", ErrorCode)
            .And("id >= @after", "after", CreatedAfter is { } after ? IdGenerator.LowestAt(after) : null)
            .And("id < @until", "until", CreatedBefore is { } until ? IdGenerator.LowestAt(until) : null);
    }
}
