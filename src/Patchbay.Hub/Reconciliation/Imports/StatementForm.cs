using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>The parts of the form by which a statement is sent.</summary>
/// <param name="File">At most 5 MiB and 20,000 entries.</param>
/// <param name="Format">As the file begins, unless given: XML is <c>camt053</c>, <c>:20:</c> is <c>mt940</c>, all else <c>csv</c>, or
/// <c>settlement</c> when its mapping has a <c>provider_reference</c>.</param>
/// <param name="Mapping">Of a CSV: JSON that says which columns hold what; required there.</param>
/// <param name="IntegrationId">Whose account it is of.</param>
internal sealed record StatementForm(
    [Required] IFormFile? File = null, StatementFormat? Format = null, StatementMapping? Mapping = null,
    IntegrationId? IntegrationId = null);
