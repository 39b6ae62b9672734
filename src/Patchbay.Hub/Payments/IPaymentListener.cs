using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// A feature that follows payments: what it writes is written in the transaction that changes the payment. Called on the ledger's one
/// writer.
/// </summary>
public interface IPaymentListener
{
    /// <summary>Names what <see cref="Apply"/> will read, once the payment is locked.</summary>
    /// <param name="payment">Null when there is none.</param>
    void Need(LedgerNeeds needs, Payment? payment);

    /// <summary>Names what <see cref="Refuse"/> will read. Default: nothing.</summary>
    void NeedNew(LedgerNeeds needs, Payment payment)
    {
    }

    /// <summary>Why a payment must not be begun; null, as by default, when it may.</summary>
    Error? Refuse(LedgerRows rows, Payment payment) => null;

    /// <summary>Names what <see cref="RefuseRefund"/> will read beside that. Default: nothing.</summary>
    void NeedRefund(LedgerNeeds needs, Payment payment)
    {
    }

    /// <summary>Why so much of a payment must not be given back; null, as by default, when it may.</summary>
    Error? RefuseRefund(LedgerRows rows, Payment payment, Money amount) => null;

    /// <summary>The payment was changed in this transaction; not called for a new one.</summary>
    void Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now);
}
