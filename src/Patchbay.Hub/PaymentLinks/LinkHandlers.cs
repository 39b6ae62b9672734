using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Network;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>What can be done with payment links.</summary>
public sealed class LinkHandlers(
    Database database, TenantConfigs configs, TenantVault vault, PublicAddress address, LinkChanges changes, PaymentChanges payments,
    IdGenerator ids, TimeProvider time)
{
    public const string Path = "pay";

    public async Task<Result<Operation, Error>> CreateAsync(Caller caller, CreateLinkRequest request, CancellationToken cancellationToken)
    {
        var seal = new SecretReply(await vault.OpenAsync(caller.Tenant, cancellationToken));
        var now = time.GetUtcNow();
        var faults = new Faults();
        var input = LinkInput.Read(request, now, faults);
        await CheckMethodsAsync(caller, request.Methods, faults, cancellationToken);
        if (input is null || faults.Any)
            return Operation.Refused(faults.ToError(), seal);
        var token = LinkToken.New();
        var link = new PaymentLink
        {
            TenantId = caller.Tenant, Id = ids.New<LinkId>(), Mode = caller.Mode, TokenHash = LinkToken.HashOf(token)!, CreatedAt = now,
            Currency = input.Least.Currency, AmountMin = input.Least.MinorUnits, AmountMax = input.Most.MinorUnits,
            Reference = input.Reference, Usage = request.Usage ?? LinkUsage.Single, Details = input.Details, InvoiceId = request.InvoiceId,
            CustomerId = request.CustomerId, Status = LinkStatus.Open,
            ExpiresAt = request.ExpiresAt, DueAt = request.ExpiresAt, UpdatedAt = now,
        };
        return new Operation(new InsertLink(
            link, address.For($"{Path}/{token}"), PaidBy(link, input.Least), changes, payments, caller.Actor))
        {
            Seal = seal, Keep = ApiRequest.KeepMoney,
        };
    }

    public async Task<Result<Operation, Error>> CancelAsync(Caller caller, LinkId id, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } link ? Error.NotFound("payment link")
        : caller.RefusalIn(link.Mode) is { } refusal ? refusal
        : new Operation(new EndLink(link.Key, LinkStatus.Canceled, changes, caller.Actor, time.GetUtcNow()));

    public Task<PaymentLink?> FindAsync(TenantId tenant, LinkId id, CancellationToken cancellationToken) =>
        database.FindAsync(PaymentLinkTable.Instance, new LinkKey(tenant, id), cancellationToken);

    /// <summary>By the token of its address; null when there is none.</summary>
    internal async Task<PaymentLink?> FindAsync(string? token, CancellationToken cancellationToken) =>
        LinkToken.HashOf(token) is { } hash
            ? await database.FindAsync(   // engine scope: the token says whose it is
                "SELECT * FROM payment_links WHERE token_hash = @hash LIMIT 1", new { hash }, PaymentLinkTable.Instance.Read,
                cancellationToken)
            : null;

    private Payment PaidBy(PaymentLink link, Money amount) => new()
    {
        TenantId = link.TenantId, Id = ids.New<PaymentId>(), Mode = link.Mode, Amount = amount, Reference = link.Reference,
        Capture = CaptureMethod.Automatic, Details = "{}", InvoiceId = link.InvoiceId, IntegrationId = default, CreatedAt = link.CreatedAt,
        UpdatedAt = link.CreatedAt,
    };

    private async Task CheckMethodsAsync(
        Caller caller, IReadOnlyList<string>? methods, Faults faults, CancellationToken cancellationToken)
    {
        if (methods is null)
            return;
        faults.Require(methods.Count is > 0 and <= 10, "methods", "must be 1 to 10 providers");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        foreach (var (number, method) in methods.Index())
        {
            faults.Require(
                LinkMethods.Find(config, caller.Mode, method) is not null, $"methods[{number}]",
                $"is no provider of yours in {caller.Mode.ToWord()} mode that is active and takes payments");
        }
    }
}

/// <summary>Finds who takes the payments of a method.</summary>
internal static class LinkMethods
{
    /// <summary>The newest active integration of the provider; null when there is none.</summary>
    public static Integration? Find(TenantConfig config, IntegrationMode mode, string provider) => config.Integrations.Values
        .Where(one => one.Provider == provider && one.Mode == mode && one.Status == IntegrationStatus.Active
            && one.Capabilities.Contains(Capabilities.InitiatePayment))
        .MaxBy(one => one.Id.Value);
}
