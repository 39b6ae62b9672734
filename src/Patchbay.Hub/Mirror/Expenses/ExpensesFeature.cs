using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>The mirror's expenses over HTTP.</summary>
internal sealed class ExpensesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["expenses"];

    public void Add(IServiceCollection services) => services.AddSingleton<ExpenseHandlers>();

    public void Map(FeatureRoutes hub)
    {
        hub.Action<ExpenseHandlers, CreateExpenseRequest>("expenses.create", "POST /expenses/", expenses => expenses.CreateAsync)
            .Answers<ExpenseView>(201).Says("Mirror an expense of the business system").Refuses(MirrorErrors.Taken);
        hub.ActionOn<ExpenseHandlers, ExpenseId, SaveExpenseRequest>(
                "expenses.change", "PATCH /expenses/{id}", expenses => expenses.ChangeAsync)
            .Answers<ExpenseView>().Says("Change what is known of an expense").Refuses(AccessErrors.WrongMode);
        hub.ActionOn<ExpenseHandlers, string, PutExpenseRequest>(
                "expenses.put", "PUT /expenses/by-external-id/{external_id}", expenses => expenses.PutAsync)
            .Answers<ExpenseView>(200, 201).Says("Write an expense of the business system anew, or mirror it");
        hub.List(
                "GET /expenses/", ExpenseTable.Instance, ExpenseView.Of,
                by => by.Text("external_id").Text("category").Word<IntegrationMode>("mode").Created())
            .Says("Expenses, newest first");
        hub.One<ExpenseHandlers, ExpenseId, Expense, ExpenseView>(
            "GET /expenses/{id}", "expense", expenses => expenses.FindAsync, ExpenseView.Of).Says("An expense");
    }
}
