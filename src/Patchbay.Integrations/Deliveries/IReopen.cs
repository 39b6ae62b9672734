using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>
/// A feature whose subject ended when its delivery was given up: when a person retries that delivery, the subject is open again.
/// </summary>
public interface IReopen
{
    /// <summary>
    /// In the transaction that retries, over the rows that <see cref="IDeliveryHandler.Need"/> names. Null when it may be tried again; else
    /// why that is not possible any more. A subject that is still open stays as it is.
    /// </summary>
    Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now);
}
