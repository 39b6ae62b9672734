using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Inbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Messages over HTTP.</summary>
internal sealed class MessagesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["messages"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<MessageChanges>().AddSingleton<MessageHandlers>().AddSingleton<LostMessages>();
        services.AddProviderDelivery<SendSms>(MessageCapabilities.SendSms);
        services.AddProviderDelivery<SendWhatsApp>(MessageCapabilities.SendWhatsApp);
        services.AddSingleton<IProviderEventTarget, MessageEventTarget>();
    }

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/messages").WithTags("Messages");
        group.MapPost("/", (Body<SendMessageRequest> body, ApiRequest request, OperationRunner operations, MessageHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SendAsync(request.Caller, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:messages").Produces<MessageView>(202).Produces<MessageView>(201).WithSummary("Send an SMS or a WhatsApp message");
        group.MapGet("/", ListAsync).RequirePermission("read:messages").WithMetadata(new Pageable()).Produces<Page<MessageView>>()
            .WithSummary("Messages, newest first; filters: status, channel, to");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:messages").Produces<MessageView>();
    }

    private static async Task<IResult> GetAsync(Ref<MessageId> id, Caller caller, MessageHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } message
            ? Results.Json(MessageView.Of(message), HubJson.Options)
            : Error.NotFound("message").ToResult();

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, Database database, CancellationToken cancellationToken, string? status = null, string? channel = null, string? to = null)
    {
        var faults = new Faults();
        faults.Require(status is null || Words.TryParse<MessageStatus>(status, out _), "status", $"must be one of {string.Join(", ", Words.All<MessageStatus>())}");
        faults.Require(channel is null || Words.TryParse<MessageChannel>(channel, out _), "channel", $"must be one of {string.Join(", ", Words.All<MessageChannel>())}");
        if (faults.Any)
            return faults.ToError().ToResult();
        var filter = new SqlFilter().And("tenant_id = @tenant", "tenant", caller.Tenant)
            .And("id < @before", "before", page.Before)
            .And("status = @status", "status", status)
            .And("channel = @channel", "channel", channel)
            .And("recipient = @to", "to", to)
            .With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM messages WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, MessageTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Message>.Of(rows, page.Limit, message => message.Id.Value).Select(MessageView.Of), HubJson.Options);
    }
}
