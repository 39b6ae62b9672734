using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Invoices;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentGateways;

/// <summary>Payments for invoices as systems ask for them that know their gateway by name.</summary>
public sealed class GatewayHandlers(
    TenantConfigs configs, PaymentHandlers payments, PaymentChanges changes, InvoiceHandlers invoices, IntegrationLife integrations)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>An intent that is open for the same goes on: nobody is asked to pay twice.</summary>
    public async Task<Result<Operation, Error>> IntentAsync(
        Caller caller, string provider, IntentRequest request, CancellationToken cancellationToken)
    {
        var integration = await IntegrationOfAsync(caller, provider, active: true, cancellationToken);
        if (!integration.IsSuccess)
            return integration.Error;
        var faults = new Faults();
        var amount = AmountInput.Read(request.Amount, request.Currency, faults);
        var invoice = faults.Text(request.InvoiceId, "invoice_id", 100);
        if (faults.Any)
            return faults.ToError();
        var (known, names) = await NamesAsync(caller, invoice, cancellationToken);
        if (known is not null && amount!.Value.Currency == known.Total.Currency && amount.Value.MinorUnits > known.Due)
        {
            return Error.Invalid(
                "amount", $"is more than is due of the invoice: {known.InMinorUnits(known.Due).ToAmountString()}");
        }

        var begun = await payments.FindOfInvoiceAsync(caller.Tenant, names, cancellationToken);
        var (at, mode) = (await OfProviderAsync(caller, provider, cancellationToken), caller.Mode);
        if (begun.FirstOrDefault(one => one.IsOpen && one.Amount == amount && at.Contains(one.IntegrationId)) is { } open)
            return new Operation(new Known(Reply.Ok(IntentView.Of(PaymentView.From(open)))));
        var made = await payments.CreateAsync(
            caller, new CreatePaymentRequest(
                request.Amount, request.Currency, invoice, InvoiceId: invoice, ReturnUrl: request.ReturnUrl, Customer: request.Customer,
                IntegrationId: integration.Value.Id),
            cancellationToken);
        var key = new OpenIntentKey(caller.Tenant, mode, provider, known?.Id.ToString() ?? invoice);
        return made.Map(operation => Waiting(
            operation with { Work = new BeginIntent(operation.Work, key, amount!.Value, changes) },
            reply => Task.FromResult<object>(IntentView.Of((PaymentView)reply.Body)), IntentView.Of));
    }

    public async Task<Result<Operation, Error>> ConfirmAsync(
        Caller caller, string provider, ConfirmRequest request, CancellationToken cancellationToken)
    {
        var integration = await IntegrationOfAsync(caller, provider, active: false, cancellationToken);
        if (!integration.IsSuccess)
            return integration.Error;
        var faults = new Faults();
        var intent = faults.Text(request.PaymentIntentId, "payment_intent_id", 200);
        var text = faults.Text(request.InvoiceId, "invoice_id", 100);
        if (faults.Any)
            return faults.ToError();
        var (_, names) = await NamesAsync(caller, text, cancellationToken);
        var at = await OfProviderAsync(caller, provider, cancellationToken);
        var payment = (await payments.FindOfInvoiceAsync(caller.Tenant, names, cancellationToken))
            .FirstOrDefault(one => at.Contains(one.IntegrationId) && (one.Id.ToString() == intent || one.IsKnownAs(intent)));
        if (payment is null)
            return Error.NotFound($"payment of this gateway for invoice {text}");
        if (payment.Facts.IsSettled)
            return new Operation(new Known(Reply.Ok(await ViewAsync(PaymentView.From(payment), cancellationToken))));
        var asked = await payments.VerifyAsync(caller, payment.Id, cancellationToken);
        return asked.Map(operation => Waiting(
            operation, async reply => await ViewAsync((PaymentView)reply.Body, cancellationToken), view => ConfirmView.Of(view, null)));

        async Task<ConfirmView> ViewAsync(PaymentView view, CancellationToken stop) => ConfirmView.Of(
            view, await invoices.FindAsync(caller.Tenant, payment.Mode, text, stop));
    }

    public async Task<Result<Operation, Error>> TestAsync(Caller caller, string provider, CancellationToken cancellationToken)
    {
        var integration = await IntegrationOfAsync(caller, provider, active: false, cancellationToken);
        return integration.IsSuccess
            ? await integrations.TestAsync(caller, integration.Value.Id, cancellationToken)
            : integration.Error;
    }

    /// <summary>An invoice that is mirrored has two names, and payments are known by either.</summary>
    private async Task<(Invoice? Known, IReadOnlyList<string> Names)> NamesAsync(
        Caller caller, string invoice, CancellationToken cancellationToken) =>
        await invoices.FindAsync(caller.Tenant, caller.Mode, invoice, cancellationToken) is { } known
            ? (known, [invoice, known.Id.ToString(), known.ExternalId])
            : (null, [invoice]);

    /// <summary>All of the provider's, active or not: a payment goes on where it was begun.</summary>
    private async Task<HashSet<IntegrationId>> OfProviderAsync(Caller caller, string provider, CancellationToken cancellationToken) =>
        [.. (await configs.GetAsync(caller.Tenant, cancellationToken)).Integrations.Values
            .Where(one => one.Provider == provider && one.Mode == caller.Mode).Select(one => one.Id)];

    /// <summary>The newest of the provider's in the caller's mode that takes payments.</summary>
    private async Task<Result<Integration, Error>> IntegrationOfAsync(
        Caller caller, string provider, bool active, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var able = config.Integrations.Values
            .Where(one => one.Provider == provider && one.Mode == caller.Mode && one.Capabilities.Contains(Capabilities.InitiatePayment))
            .OrderByDescending(one => one.Status == IntegrationStatus.Active).ThenByDescending(one => one.Id.Value).FirstOrDefault();
        return able is null ? Error.NotFound($"gateway: no integration of {provider} takes payments in {caller.Mode.ToWord()} mode")
            : active && able.Status != IntegrationStatus.Active
                ? RoutingErrors.NoActiveProvider.With($"{provider} is {able.Status.ToWord()}: see /api/v1/integrations/{able.Id}.")
            : able;
    }

    /// <summary>With an answer of this endpoint's own.</summary>
    /// <param name="settled">After the outcome.</param>
    /// <param name="accepted">Before it.</param>
    private static Operation Waiting(Operation operation, Func<Reply, Task<object>> settled, Func<PaymentView, object> accepted) =>
        operation with
        {
            Work = operation.Work.As(reply => reply with { Body = accepted((PaymentView)reply.Body) }),
            DefaultWait = Patience,
            AfterOutcome = async token =>
            {
                var reply = await operation.AfterOutcome!(token);
                return reply with { Body = await settled(reply) };
            },
        };

    /// <summary>Nothing has to be done.</summary>
    private sealed class Known(Reply reply) : LedgerWork<Result<Reply, Error>>
    {
        public override Result<Reply, Error> Decide(LedgerRows rows) => reply;
    }
}
