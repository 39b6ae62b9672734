using Patchbay.Sandbox.Faults;

namespace Patchbay.Sandbox.Http;

/// <summary>How one vendor says the things that every vendor says.</summary>
internal interface IVendorManners
{
    /// <summary>For example <c>stripe</c>.</summary>
    string Vendor { get; }

    /// <summary>The 401 for credentials it does not accept; null when the request may come in.</summary>
    Reply? Refuse(Call call);

    /// <summary>Any error status, in this vendor's error body.</summary>
    Reply Failing(Call call, int status);

    /// <summary>The special ending the request carries, and what tells a repeat of it from another request; null for none.</summary>
    MagicRequest? MagicOf(Call call);

    /// <summary>Does the work, or answers from memory where the vendor has idempotency keys.</summary>
    Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work) => work();
}
