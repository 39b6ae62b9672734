using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>The parts of the form by which a statement is sent.</summary>
/// <param name="File">At most 5 MiB and 20,000 entries.</param>
/// <param name="Format">Seen from the file unless given.</param>
/// <param name="Mapping">Of a CSV, JSON: which columns hold what, as {"date":"Day","amount":"Sum","fixed_currency":"EUR"}.</param>
/// <param name="IntegrationId">Whose account it is of.</param>
internal sealed record StatementForm(
    [Required] IFormFile? File = null, StatementFormat? Format = null, string? Mapping = null,
    IntegrationId? IntegrationId = null);
