using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Razorpay;

namespace Patchbay.Sandbox.Tests.Razorpay;

public sealed class RazorpaySignatureTests
{
    /// <summary>A worked example, computed with Python's hmac apart from this code.</summary>
    [Fact]
    public void A_links_return_is_signed_with_the_keys_secret() => Assert.Equal(
        "2cca737a80cc400df32ad43d02a38be95b12cbe1818b6a0adbfc92002e0f30f4",
        RazorpaySignature.OfReturn("plink_test1", "ord_1001", "paid", "pay_test1", new Secret("rzp_key_secret")));
}
