using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Razorpay;

namespace Patchbay.Sandbox.Tests.Razorpay;

/// <summary>Worked examples, computed with Python's hmac apart from this code.</summary>
public sealed class RazorpaySignatureTests
{
    private static readonly Secret Key = new("rzp_key_secret");

    [Fact]
    public void A_links_return_and_a_checkout_are_signed_with_the_keys_secret()
    {
        Assert.Equal(
            "2cca737a80cc400df32ad43d02a38be95b12cbe1818b6a0adbfc92002e0f30f4",
            RazorpaySignature.OfReturn("plink_test1", "ord_1001", "paid", "pay_test1", Key));
        Assert.Equal(
            "3d63ecb03e94c195e6876ad4ba53df85896ad86330e44c0714d8ac0affed3c06",
            RazorpaySignature.OfCheckout("order_test1", "pay_test1", Key));
    }
}
