using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Storage;

namespace Patchbay.Platform.Audit;

/// <summary>The tenant's audit over HTTP.</summary>
internal sealed class AuditFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["audit"];

    public void Add(IServiceCollection services) => services.AddSingleton<AuditVerifier>();

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/audit").WithTags("Audit");
        group.MapGet("/", ListAsync).RequirePermission("read:audit").Produces<Page<AuditView>>()
            .WithSummary("Who did what, newest first");
        group.MapGet("/verify", VerifyAsync).RequirePermission("read:audit").Produces<AuditVerificationView>()
            .WithSummary("Check that no entry was changed or taken out");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, string? action, string? subject, string? actor, Database database,
        CancellationToken cancellationToken)
    {
        var filter = new SqlFilter()
            .And("tenant_id = @tenant", "tenant", caller.Tenant)
            .And("seq < @before", "before", SeqOf(page.Before))
            .And("action = @action", "action", action)
            .And("subject = @subject", "subject", subject)
            .And("actor = @actor", "actor", actor)
            .With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM audit WHERE {filter.Where} ORDER BY seq DESC LIMIT @limit", filter.Parameters, AuditTable.Instance.Read,
            cancellationToken);
        return Results.Json(Page<AuditEntry>.Of(rows, page.Limit, entry => CursorOf(entry.Seq)).Select(AuditView.From), HubJson.Options);
    }

    private static async Task<IResult> VerifyAsync(Caller caller, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        var (brokenAt, good) = await verifier.VerifyAsync(caller.Tenant, cancellationToken);
        return Results.Json(new AuditVerificationView(brokenAt is null, good, brokenAt), HubJson.Options);
    }

    /// <summary>Cursors are ids; an entry's is its number.</summary>
    private static Guid CursorOf(long seq)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], seq);
        return new Guid(bytes, bigEndian: true);
    }

    private static long SeqOf(Guid cursor) =>
        cursor == PageRequest.FromNewest
            ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(cursor.ToByteArray(bigEndian: true).AsSpan(8));
}
