using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Suppressions;

/// <summary>Who is not written to, over HTTP.</summary>
internal sealed class SuppressionsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["suppressions"];

    public void Add(IServiceCollection services) => services.AddSingleton<SuppressionList>().AddSingleton<SuppressionHandlers>();

    public void Map(FeatureRoutes hub)
    {
        hub.Action<SuppressionHandlers, SuppressRequest>("suppressions.add", "POST /suppressions/", list => list.AddAsync)
            .Answers<SuppressedRecipientView>(201, 200).Says("Write to somebody no more; who is on the list stays as they are");
        hub.Action<SuppressionHandlers, SuppressManyRequest>(
                "suppressions.import", "POST /suppressions/import", list => list.AddManyAsync)
            .Answers<SuppressionImportView>().Says("Write to many no more");
        hub.ActionOn<SuppressionHandlers, SuppressedRecipientId>(
                "suppressions.lift", "DELETE /suppressions/{id}", list => list.LiftAsync)
            .Answers<SuppressedRecipientView>().Says("Write to somebody again; a provider may refuse on its own account")
            .Refuses(AccessErrors.WrongMode);
        hub.List(
                "GET /suppressions/", SuppressedRecipientTable.Instance, SuppressedRecipientView.Of,
                by => by.Word<MessageChannel>("channel").Text("recipient").Word<SuppressionCause>("reason")
                    .Word<IntegrationMode>("mode").Created())
            .Says("Who is not written to, newest first");
        hub.One<SuppressionHandlers, SuppressedRecipientId, SuppressedRecipient, SuppressedRecipientView>(
            "GET /suppressions/{id}", "suppressed recipient", list => list.FindAsync, SuppressedRecipientView.Of)
            .Says("A recipient who is not written to");
    }
}
