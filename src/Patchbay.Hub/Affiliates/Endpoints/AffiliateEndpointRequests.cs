using System.ComponentModel.DataAnnotations;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Lets what happens to an affiliate's leads be sent to its portal. An affiliate has one endpoint.</summary>
/// <param name="AffiliateId">As leads name it; 1 to 100 characters.</param>
/// <param name="EndpointUrl">https, at most 2000 characters, without user name or fragment; not at a private address.</param>
/// <param name="Secret"><c>whsec_</c> and base64 of 24 to 64 bytes, or a text of 16 to 256 characters. Null: one is made.</param>
/// <param name="BatchSizeMax">Events in one batch, 1 to 500. Default 500.</param>
/// <param name="FlushSeconds">How long an event waits for others at most, 1 to 3600. Default 30.</param>
/// <example>{"affiliate_id":"portal-7","endpoint_url":"https://portal.example/batches","flush_seconds":60}</example>
public sealed record CreateAffiliateEndpointRequest(
    [Required] string? AffiliateId = null, [Required] string? EndpointUrl = null, string? Secret = null, int? BatchSizeMax = null,
    int? FlushSeconds = null);

/// <summary>Changes an endpoint; what is not given stays as it is. Batches that are on their way keep their content.</summary>
/// <param name="Secret">Replaces the present one; for 24 hours everything is signed with both.</param>
/// <param name="IsActive">False: events wait. True: they go out, the batch that was refused last first.</param>
/// <example>{"batch_size_max":100}</example>
public sealed record ChangeAffiliateEndpointRequest(
    string? EndpointUrl = null, string? Secret = null, int? BatchSizeMax = null, int? FlushSeconds = null, bool? IsActive = null);
