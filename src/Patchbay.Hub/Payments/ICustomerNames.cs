using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>A feature that knows customers by several names.</summary>
public interface ICustomerNames
{
    /// <summary>The one name under which money is counted: the business system's own id.</summary>
    /// <param name="name">As a caller named the customer; a name that is not known stays as it is.</param>
    ValueTask<string> OfAsync(TenantId tenant, IntegrationMode mode, string name, CancellationToken cancellationToken);
}
