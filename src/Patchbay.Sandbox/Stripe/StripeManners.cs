using Microsoft.AspNetCore.Http;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

internal sealed class StripeManners(StripeBooks books) : IVendorManners
{
    public string Vendor => "stripe";

    public Reply? Refuse(Call call) => AccountOf(call) is null ? StripeErrors.Unauthorized(call.Credentials?.User) : null;

    public Reply Failing(Call call, int status) => StripeErrors.Failing(status);

    public MagicRequest? MagicOf(Call call) => StripeMagic.Of(call);

    public Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work)
    {
        if (!HttpMethods.IsPost(call.Request.Method) || call.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key, ..])
            return work();
        if (key.Length > 255)
            return Task.FromResult(StripeErrors.Invalid("Idempotency keys can be at most 255 characters long."));
        return AccountOf(call)!.Idempotency.RunAsync(key, call.Request.Path, call.Body, work);
    }

    public StripeAccount? AccountOf(Call call) => call.Credentials is { } credentials ? books.AccountOf(credentials.User) : null;
}
