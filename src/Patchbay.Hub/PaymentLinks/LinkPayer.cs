using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Network;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Begins payments for those who pay on a link's page.</summary>
public sealed class LinkPayer(
    Database database, TenantConfigs configs, PaymentHandlers payments, ResolutionHandlers resolutions, OperationRunner runner,
    PublicAddress address, TimeProvider time)
{
    /// <summary>So many of an hour's payments on one link may be left unpaid.</summary>
    private const int MaxLeft = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The payment that the payer goes on with: a new one, or the one that is under way. An error the payer can read.</summary>
    /// <param name="method">A provider; null where the rules choose.</param>
    public async Task<Result<PaymentId, Error>> PayAsync(
        PaymentLink link, string token, Money amount, string? method, CancellationToken cancellationToken)
    {
        if (link is { Usage: LinkUsage.Single, PaymentId: { } present })
            return present;
        var config = await configs.GetAsync(link.TenantId, cancellationToken);
        var integration = method is null ? null : LinkMethods.Find(config, link.Mode, method);
        if (method is not null && (integration is null || link.Details!.Methods?.Contains(method) != true))
            return Error.NotFound("method");
        if (await IsFloodedAsync(link, cancellationToken))
            return ApiErrors.WrongStatus.With("Too many payments were begun on this link and not paid.");
        var request = RequestOf(link, token, amount, integration?.Id);
        PaymentId? begun = null;
        var reply = await RunAsync(
            CallerOf(link), Patience, async caller =>
            {
                var made = await payments.CreateAsync(caller, request, link.Id.ToString(), cancellationToken);
                begun = made.IsSuccess ? new PaymentId(made.Value.Delivery!.SubjectId) : null;
                return made.Map(operation => operation with
                {
                    Work = new PayOnLink(link.Key, begun!.Value, operation.Work, time.GetUtcNow()),
                });
            },
            cancellationToken);
        if (reply.Status < 400)
            return begun!.Value;
        var now = await database.FindAsync(PaymentLinkTable.Instance, link.Key, cancellationToken);
        return now?.PaymentId is { } other ? other : Problem(reply);
    }

    /// <summary>The payer says that they have paid.</summary>
    public async Task ClaimAsync(PaymentLink link, PaymentId payment, string? transaction, CancellationToken cancellationToken) =>
        await RunAsync(
            CallerOf(link), TimeSpan.Zero, caller => resolutions.ClaimAsync(
                caller, payment, new ClaimPaymentRequest(string.IsNullOrWhiteSpace(transaction) ? null : transaction), cancellationToken),
            cancellationToken);

    private Task<StoredReply> RunAsync(
        Caller caller, TimeSpan wait, Func<Caller, Task<Result<Operation, Error>>> prepare, CancellationToken cancellationToken) =>
        runner.RunAsync(
            new ApiRequest(caller, "POST /pay", "/pay", null, wait, HubJson.Options, "", null), [], _ => prepare(caller),
            cancellationToken);

    private CreatePaymentRequest RequestOf(PaymentLink link, string token, Money amount, IntegrationId? integration)
    {
        var page = address.For($"{LinkHandlers.Path}/{token}").AbsoluteUri;
        var details = link.Details!;
        return new CreatePaymentRequest(
            JsonSerializer.SerializeToElement(amount.ToAmountString()), amount.Currency.Code, link.Reference, details.Description,
            link.InvoiceId, CustomerOf(details.Customer), details.Country,
            CaptureMethod.Automatic, page, page, details.Metadata, integration);
    }

    private static CustomerRequest? CustomerOf(Customer? known) =>
        known is null ? null : new CustomerRequest(known.Id, known.Name, known.Email, known.Phone);

    private static Error Problem(StoredReply reply)
    {
        var problem = JsonSerializer.Deserialize<JsonElement>(reply.Body);
        return ApiErrors.WrongStatus.With(problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "");
    }

    /// <summary>Anybody can begin payments: what nobody pays is bounded.</summary>
    private async Task<bool> IsFloodedAsync(PaymentLink link, CancellationToken cancellationToken)
    {
        if (link.Usage == LinkUsage.Single)
            return false;
        var left = await payments.CountLeftAsync(
            link.TenantId, link.Id.ToString(), time.GetUtcNow() - TimeSpan.FromHours(1), MaxLeft, cancellationToken);
        return left >= MaxLeft;
    }

    /// <summary>Whoever pays on a link, as the link.</summary>
    private static Caller CallerOf(PaymentLink link) => new(link.TenantId, new ApiKey(
        link.TenantId, default, [], "", link.Mode == IntegrationMode.Live, link.CreatedAt, "payment link", [], [],
        ApiKey.DefaultRatePerSecond, ApiKey.DefaultBurst, null, null, null, null))
    {
        Actor = link.Id.ToString(),
    };
}
