using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>What can be done with payments: each method validates and prepares one operation.</summary>
public sealed class PaymentHandlers(
    Database database, Router router, TenantConfigs configs, ProviderCatalog catalog, DeliveryEngine engine, PaymentChanges changes,
    ICustomerNames names, IdGenerator ids, TimeProvider time)
{
    public Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreatePaymentRequest request, CancellationToken cancellationToken) =>
        CreateAsync(caller, request, null, cancellationToken);

    /// <param name="origin">TypeID of what of the hub begins it; null when a caller does.</param>
    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreatePaymentRequest request, string? origin, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var faults = new Faults();
        var input = PaymentInput.Read(request, now, faults);
        if (input is null)
            return faults.ToError();
        if (input.Details.Customer is { Id: { } name } customer)
        {
            var known = customer with { Id = await names.OfAsync(caller.Tenant, caller.Mode, name, cancellationToken) };
            input = input with { Details = input.Details with { Customer = known } };
        }

        var routed = await router.RouteAsync(
            caller.Tenant, caller.Mode, Capabilities.InitiatePayment, ContextOf(input.Amount, input.Reference, input.Details),
            request.IntegrationId, cancellationToken);
        if (!routed.IsSuccess)
            return routed.Error;
        var provider = catalog.Find(routed.Value.Integration.Provider)!.Manifest;
        if (input.Details.Method is not null && !provider.SavedMethods)
            return Error.Invalid("payment_method", $"is not taken by {provider.DisplayName}: leave it out, and the customer chooses");

        var id = ids.New<PaymentId>();
        var payment = new Payment
        {
            TenantId = caller.Tenant,
            Id = id,
            Mode = caller.Mode,
            Amount = input.Amount,
            Reference = input.Reference,
            Capture = input.Capture,
            Details = JsonSerializer.Serialize(input.Details, HubJson.Stored),
            InvoiceId = input.InvoiceId,
            Origin = origin,
            CustomerId = input.Details.Customer?.Id,
            IntegrationId = routed.Value.Integration.Id,
            VerifyAt = PaymentFollowUp.Schedule.Begin(now),
            CreatedAt = now,
            UpdatedAt = now,
        };
        var delivery = await PlaceAsync(
            routed.Value.Place(PaymentCapabilities.Initiate, caller, id.Value) with { ExpiresAt = input.Details.ExpiresAt },
            now, cancellationToken);
        return new Operation(new CreatePaymentWork(payment, delivery, changes, caller.Actor, now))
        {
            Delivery = delivery, Keep = ApiRequest.KeepMoney, AfterOutcome = token => ReadAsync(payment.Key, token),
        };
    }

    public async Task<Result<Operation, Error>> RefundAsync(
        Caller caller, PaymentId id, RefundPaymentRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var payment = found.Value;
        var faults = new Faults();
        faults.OptionalText(request.Reason, "reason", 200);
        var amount = request.Amount is null ? payment.Amount : AmountInput.Read(request.Amount, payment.Amount.Currency, "amount", faults);
        if (faults.Any)
            return faults.ToError();
        var now = time.GetUtcNow();
        var refund = new Refund
        {
            TenantId = caller.Tenant, Id = ids.New<RefundId>(), PaymentId = id, Mode = payment.Mode, Amount = amount!.Value,
            Reason = request.Reason, CreatedAt = now, UpdatedAt = now, VerifyAt = RefundFollowUp.Schedule.Begin(now),
        };
        var delivery = await PlaceAsync(
            caller, PaymentCapabilities.Refund, refund.Id.Value, payment.IntegrationId, RefundPayload.For(id), now, cancellationToken);
        return new Operation(new CreateRefundWork(refund, request.Amount is null, delivery, changes, caller.Actor, now))
        {
            Delivery = delivery, Keep = ApiRequest.KeepMoney, AfterOutcome = token => ReadRefundAsync(refund.Key, token),
        };
    }

    public async Task<Result<Operation, Error>> CaptureAsync(
        Caller caller, PaymentId id, CapturePaymentRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var payment = found.Value;
        var faults = new Faults();
        var amount = request.Amount is null ? payment.Amount : AmountInput.Read(request.Amount, payment.Amount.Currency, "amount", faults);
        if (amount > payment.Amount)
            faults.Add("amount", $"must be at most the payment's amount, {payment.Amount}");
        return faults.Any
            ? faults.ToError()
            : await CloseAsync(
                caller, payment, PaymentCapabilities.Capture, amount, JsonSerializer.SerializeToUtf8Bytes(amount!.Value.MinorUnits),
                cancellationToken);
    }

    public async Task<Result<Operation, Error>> CancelAsync(Caller caller, PaymentId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        return found.IsSuccess
            ? await CloseAsync(caller, found.Value, PaymentCapabilities.Cancel, null, null, cancellationToken)
            : found.Error;
    }

    public async Task<Result<Operation, Error>> VerifyAsync(Caller caller, PaymentId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var payment = found.Value;
        var delivery = await PlaceAsync(
            caller, PaymentCapabilities.Verify, id.Value, payment.IntegrationId, null, time.GetUtcNow(), cancellationToken);
        return new Operation(
            new VerifyPaymentWork(payment.Key, delivery)) { Delivery = delivery, AfterOutcome = token => ReadAsync(payment.Key, token) };
    }

    public Task<Payment?> FindAsync(TenantId tenant, PaymentId id, CancellationToken cancellationToken) =>
        database.FindAsync(PaymentTable.Instance, new PaymentKey(tenant, id), cancellationToken);

    public Task<Refund?> FindRefundAsync(TenantId tenant, RefundId id, CancellationToken cancellationToken) =>
        database.FindAsync(RefundTable.Instance, new RefundKey(tenant, id), cancellationToken);

    /// <summary>The newest that were begun for an invoice, at most 50 by each of its names.</summary>
    /// <param name="names">As requests may have said it.</param>
    public async Task<IReadOnlyList<Payment>> FindOfInvoiceAsync(
        TenantId tenant, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new List<Payment>();
        foreach (var invoice in names.Distinct())
        {
            found.AddRange(await database.QueryAsync(
                "SELECT * FROM payments WHERE tenant_id = @tenant AND invoice_id = @invoice ORDER BY id DESC LIMIT 50",
                new { tenant, invoice }, PaymentTable.Instance.Read, cancellationToken));
        }

        return found;
    }

    /// <summary>How many payments of an origin were begun since then and are not paid, up to a limit.</summary>
    public async Task<int> CountLeftAsync(
        TenantId tenant, string origin, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var begun = await database.QueryAsync(
            "SELECT * FROM payments WHERE tenant_id = @tenant AND origin = @origin AND id >= @first ORDER BY id DESC LIMIT @limit",
            new { tenant, origin, first = IdGenerator.LowestAt(since), limit }, PaymentTable.Instance.Read, cancellationToken);
        return begun.Count(payment => payment.Facts.Phase != PaymentPhase.Succeeded);
    }

    /// <summary>A payment that the caller may act on.</summary>
    internal async Task<Result<Payment, Error>> FindAsync(Caller caller, PaymentId id, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } payment ? Error.NotFound("payment")
        : caller.RefusalIn(payment.Mode) is { } refusal ? refusal
        : payment;

    /// <summary>A delivery for an existing payment or refund, on the integration that has it.</summary>
    private ValueTask<Delivery> PlaceAsync(
        Caller caller, ProviderCapability capability, Guid subject, IntegrationId at, byte[]? payload, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        PlaceAsync(
            new Placement(capability, caller.Tenant, subject, Integration.LaneOf(at)) { Payload = payload,
                TraceParent = caller.TraceParent },
            now, cancellationToken);

    private ValueTask<Delivery> PlaceAsync(Placement placement, DateTimeOffset now, CancellationToken cancellationToken) =>
        engine.PlaceAsync(placement.New(ids, now), cancellationToken);

    private async Task<Result<Operation, Error>> CloseAsync(
        Caller caller, Payment payment, ProviderCapability capability, Money? amount, byte[]? payload, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        if (config.Integrations.TryGetValue(payment.IntegrationId, out var at)
            && catalog.Find(at.Provider)?.Manifest is { } manifest && !manifest.Capabilities.Contains(capability.Name))
        {
            return capability == PaymentCapabilities.Capture
                ? PaymentErrors.NotCapturable.With($"{manifest.DisplayName} cannot be asked to capture a payment.")
                : PaymentErrors.NotCancelable.With(
                    $"{manifest.DisplayName} cannot be asked to cancel a payment: it ends by itself unless the customer pays, and can be "
                        + "refunded then.");
        }

        var now = time.GetUtcNow();
        var delivery = await PlaceAsync(caller, capability, payment.Id.Value, payment.IntegrationId, payload, now, cancellationToken);
        return new Operation(new ClosePaymentWork(payment.Key, amount, delivery, changes, caller.Actor, now))
        {
            Delivery = delivery, Keep = ApiRequest.KeepMoney, AfterOutcome = token => ReadAsync(payment.Key, token),
        };
    }

    /// <summary>201 once the provider has it; 202 while that is not known.</summary>
    private async Task<Reply> ReadAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        var payment = (await FindAsync(key.Tenant, key.Id, cancellationToken))!;
        return new Reply(payment.Facts.Phase == PaymentPhase.Pending ? 202 : 201, PaymentView.From(payment), $"/api/v1/payments/{key.Id}");
    }

    private async Task<Reply> ReadRefundAsync(RefundKey key, CancellationToken cancellationToken)
    {
        var refund = (await FindRefundAsync(key.Tenant, key.Id, cancellationToken))!;
        return new Reply(refund.Status == RefundStatus.Pending ? 202 : 201, RefundView.From(refund), $"/api/v1/refunds/{key.Id}");
    }

    /// <summary>What rules look at in payments of a mode since then: of the newest 10,000 at most.</summary>
    public async Task<IReadOnlyList<RoutingContext>> RecentContextsAsync(
        TenantId tenant, IntegrationMode mode, DateTimeOffset since, CancellationToken cancellationToken) => await database.QueryAsync(
        "SELECT * FROM payments WHERE tenant_id = @tenant AND id >= @first AND mode = @mode ORDER BY id DESC LIMIT 10000",
        new { tenant, mode = mode.ToWord(), first = IdGenerator.LowestAt(since) },
        row =>
        {
            var payment = PaymentTable.Instance.Read(row);
            return ContextOf(
                payment.Amount, payment.Reference, JsonSerializer.Deserialize<PaymentDetails>(payment.Details, HubJson.Stored)!);
        },
        cancellationToken);

    private static RoutingContext ContextOf(Money amount, string reference, PaymentDetails details) => new()
    {
        Country = details.Country,
        Currency = amount.Currency.Code,
        Amount = amount.Amount,
        Direction = "deposit",
        Customer = CustomerFields(details.Customer),
        Metadata = details.Metadata,
        CompanyId = details.Metadata.GetValueOrDefault("company_id"),
        Reference = reference,
    };

    private static Dictionary<string, string> CustomerFields(Customer? customer)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("id", customer?.Id);
        Add("name", customer?.Name);
        Add("email", customer?.Email);
        Add("phone", customer?.Phone);
        return fields;

        void Add(string name, string? value)
        {
            if (value is not null)
                fields[name] = value;
        }
    }
}
