namespace Patchbay.Hub.Tests.Support;

/// <summary>Shops in India.</summary>
internal static class RupeeShop
{
    private static int s_count;

    /// <summary>An integration with an account of its own at the double; calls give up soon, retries are quick.</summary>
    /// <param name="provider">Razorpay or Cashfree.</param>
    /// <param name="deaf">Its webhooks go nowhere.</param>
    public static async Task<string> AddRupeeGatewayAsync(this Shop shop, string provider, bool deaf = false)
    {
        var count = Interlocked.Increment(ref s_count);
        var credentials = provider == "razorpay"
            ? new Dictionary<string, string>
            {
                ["key_id"] = "rzp_test_hub" + count, ["key_secret"] = "secret-of-the-key", ["webhook_secret"] = "secret-of-the-webhook",
                ["account_number"] = "2323230000001",
            }
            : new Dictionary<string, string>
            {
                ["client_id"] = "TESThub" + count, ["client_secret"] = "secret-of-the-client", ["payout_client_id"] = "CFhub" + count,
                ["payout_client_secret"] = "secret-of-payouts",
            };
        var id = await shop.AddAsync(new
        {
            provider, mode = "sandbox", credentials,
            settings = new { timeout_seconds = 1, requests_per_second = 50, retry = new { first_delay_seconds = 0.05 } },
        });
        if (!deaf)
            Assert.True(shop.Hub.Sandbox.Connect(provider, credentials, new Uri(shop.Hub.Address, $"api/webhooks/{provider}/{id}")));
        return id;
    }
}
