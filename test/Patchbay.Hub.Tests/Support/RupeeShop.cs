namespace Patchbay.Hub.Tests.Support;

internal static class RazorpayShop
{
    private static int s_count;

    /// <summary>An integration of Razorpay with an account of its own at the double; calls give up soon, retries are quick.</summary>
    /// <param name="deaf">Its webhooks go nowhere.</param>
    public static async Task<string> AddRazorpayAsync(this Shop shop, bool deaf = false)
    {
        var credentials = new Dictionary<string, string>
        {
            ["key_id"] = "rzp_test_hub" + Interlocked.Increment(ref s_count), ["key_secret"] = "secret-of-the-key",
            ["webhook_secret"] = "secret-of-the-webhook", ["account_number"] = "2323230000001",
        };
        var id = await shop.AddAsync(new
        {
            provider = "razorpay", mode = "sandbox", credentials,
            settings = new { timeout_seconds = 1, retry = new { first_delay_seconds = 0.05 } },
        });
        if (!deaf)
            Assert.True(shop.Hub.Sandbox.Connect("razorpay", credentials, new Uri(shop.Hub.Address, $"api/webhooks/razorpay/{id}")));
        return id;
    }
}
