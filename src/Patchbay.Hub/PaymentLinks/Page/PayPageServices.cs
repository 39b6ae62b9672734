using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Network;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>What the page needs of the hub.</summary>
public sealed class PayPageServices(
    LinkHandlers links, LinkPayer payer, PaymentHandlers payments, TenantConfigs configs, ProviderCatalog catalog, Connections connections,
    PublicAddress address, Database database, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public LinkPayer Payer => payer;

    public string AddressOf(string token) => address.For($"{LinkHandlers.Path}/{token}").AbsoluteUri;

    internal static IEnumerable<string> Accepted(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    /// <summary>The link and its page; null when the token is none.</summary>
    /// <param name="payment">Whose page it is; null: the link's own.</param>
    internal async Task<(PaymentLink Link, PayPageHtml Html)?> OpenAsync(
        string token, HttpContext http, CancellationToken cancellationToken, string? payment = null)
    {
        if (await links.FindAsync(token, cancellationToken) is not { } link)
            return null;
        var tenant = await database.FindAsync(TenantTable.Instance, link.TenantId, cancellationToken);
        var way = $"/{LinkHandlers.Path}/{token}";
        var texts = PayPageTexts.For(link.Details!.Locale, Accepted(http));
        return (link, new PayPageHtml(texts, tenant?.Name ?? "", link, way, payment is null ? way : $"{way}/{payment}"));
    }

    /// <summary>A payment of the link; null when it has none of this id.</summary>
    internal async Task<Payment?> FindAsync(PaymentLink link, string payment, CancellationToken cancellationToken) =>
        PaymentId.TryParse(payment, null, out var id)
        && await payments.FindAsync(link.TenantId, id, cancellationToken) is { } found && found.Origin == link.Id.ToString() ? found : null;

    /// <summary>Names and labels of those among which the payer chooses; empty where the rules choose.</summary>
    internal async Task<IReadOnlyList<(string Name, string Label)>> MethodsAsync(PaymentLink link, CancellationToken cancellationToken)
    {
        if (link.Details!.Methods is not { } methods)
            return [];
        var config = await configs.GetAsync(link.TenantId, cancellationToken);
        return [.. methods.Where(method => LinkMethods.Find(config, link.Mode, method) is not null)
            .Select(method => (method, catalog.Find(method)!.Manifest.DisplayName))];
    }

    /// <summary>How the cashier of who has the payment is shown in a page; null when it cannot be.</summary>
    internal async Task<EmbeddedCheckout?> CheckoutOfAsync(Payment payment, CancellationToken cancellationToken) =>
        (await configs.GetAsync(payment.TenantId, cancellationToken)).Integrations.GetValueOrDefault(payment.IntegrationId)
            is { } integration ? connections.CheckoutOf(integration) : null;
}
