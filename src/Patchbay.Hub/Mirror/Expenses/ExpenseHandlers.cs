using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>What can be done with expenses.</summary>
public sealed class ExpenseHandlers(Database database, EventLog events, IdGenerator ids, TimeProvider time)
{
    public Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateExpenseRequest request, CancellationToken cancellationToken) =>
        Named(caller, request.ExternalId, request.Facts, mustBeNew: true);

    public Task<Result<Operation, Error>> PutAsync(
        Caller caller, string externalId, PutExpenseRequest request, CancellationToken cancellationToken) =>
        Named(caller, ExternalNames.FromPath(externalId), request.Facts, mustBeNew: false);

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, ExpenseId id, SaveExpenseRequest request, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } expense
            ? Error.NotFound("expense")
            : Save(
                caller, new MirrorTarget<ExpenseKey>(caller.Tenant, null, expense.Id.Value, KeyIn(caller)), request, expense.Total.Currency,
                new Faults());

    public Task<Expense?> FindAsync(TenantId tenant, ExpenseId id, CancellationToken cancellationToken) =>
        database.FindAsync(ExpenseTable.Instance, new ExpenseKey(tenant, id), cancellationToken);

    private Task<Result<Operation, Error>> Named(Caller caller, string? externalId, SaveExpenseRequest request, bool mustBeNew)
    {
        var faults = new Faults();
        return Task.FromResult(Save(
            caller, MirrorTarget<ExpenseKey>.Named(
                caller, MirrorKind.Expense, externalId, ids.NewGuid(), KeyIn(caller), mustBeNew, faults),
            request, null, faults));
    }

    private Result<Operation, Error> Save(
        Caller caller, MirrorTarget<ExpenseKey> target, SaveExpenseRequest request, Currency? known, Faults faults) =>
        ExpenseInput.Read(request, known, faults) is { } input
            ? new Operation(new SaveExpense(target, input, keep: known is not null, events, caller, time.GetUtcNow()))
            : faults.ToError();

    private static Func<Guid, ExpenseKey> KeyIn(Caller caller) => id => new ExpenseKey(caller.Tenant, ExpenseId.From(id));
}
