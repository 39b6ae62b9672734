using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Patchbay.Engine;
using Patchbay.Platform.Network;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Tests.Outbound;

/// <summary>Whatever a receiver does, it costs what the sender allows.</summary>
public sealed class OutboundSenderTests : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync(_ct);

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData(200, null, null)]
    [InlineData(204, null, null)]
    [InlineData(301, "redirect", null)]
    [InlineData(307, "redirect", null)]
    [InlineData(400, "http_400", null)]
    [InlineData(410, "gone", null)]
    [InlineData(429, "http_429", 60)]
    [InlineData(500, "http_500", null)]
    [InlineData(502, "http_502", 60)]
    [InlineData(503, "http_503", null)]
    [InlineData(504, "http_504", 60)]
    public async Task A_status_says_what_became_of_it(int status, string? code, int? pause)
    {
        _receiver.Answer("/", context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = _receiver.Url("/elsewhere");
            return Task.CompletedTask;
        });

        var report = await PostAsync(_receiver.Url("/"));

        Assert.Equal(code, report.Failure?.Code);
        Assert.Equal(pause, (int?)report.Pause?.TotalSeconds);
        Assert.Equal(status, report.Exchanges[0].HttpStatus);
        Assert.Empty(_receiver.At("/elsewhere"));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("5", 60)]
    [InlineData("999999", 3600)]
    public async Task It_pauses_for_as_long_as_the_receiver_asks_within_bounds(string asked, int seconds)
    {
        _receiver.Answer("/", context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = asked;
            return Task.CompletedTask;
        });

        Assert.Equal(seconds, (await PostAsync(_receiver.Url("/"))).Pause?.TotalSeconds);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off_and_its_status_counts()
    {
        var written = 0L;
        var ended = new TaskCompletionSource<bool>();
        _receiver.Answer("/", async context =>
        {
            var chunk = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
            try
            {
                for (var i = 0; i < 1600; i++, written += chunk.Length)   // 100 MB
                {
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                    if (i % 16 == 15)
                        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System,
                            context.RequestAborted);   // the server notices now that nobody reads
                }
            }
            finally
            {
                ended.TrySetResult(context.RequestAborted.IsCancellationRequested);
            }
        });

        var report = await PostAsync(_receiver.Url("/"));

        Assert.True(await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), _ct), "the connection was kept");
        Assert.Null(report.Failure);
        Assert.Equal(2048, report.Exchanges[0].ResponseExcerpt!.Length);
        Assert.True(written < 50_000_000, $"{written} bytes were taken");   // what was on its way when the connection was dropped
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("two\nlines")]
    [InlineData("a \0 byte")]
    public async Task A_header_that_cannot_be_sent_ends_it_before_anything_is_sent(string value)
    {
        var message = Message(_receiver.Url("/")) with { Headers = [new("x-shop", value)] };

        var report = await Sender(new NetworkOptions { AllowPrivateNetworks = true }, Dns.GetHostAddressesAsync).PostAsync(message, _ct);

        Assert.Equal(
            (Connectors.Contracts.FailureOutcome.Rejected, "unsendable_header"), (report.Failure?.Outcome, report.Failure?.Code));
        Assert.Contains("'x-shop'", report.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(_receiver.All);
    }

    [Fact]
    public async Task A_body_that_drips_is_not_waited_for()
    {
        _receiver.Answer("/", async context =>
        {
            while (true)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, context.RequestAborted);
            }
        });

        var report = await PostAsync(_receiver.Url("/"));

        Assert.Null(report.Failure);
        Assert.InRange(report.Timing!.Took.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_status_is_a_failure()
    {
        _receiver.Answer("/", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal("connection_lost", (await PostAsync(_receiver.Url("/"))).Failure?.Code);
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_given_up_after_15_seconds()
    {
        var time = new TestKit.ManualTime();
        var asked = new TaskCompletionSource();
        _receiver.Answer("/", async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var sender = Sender(new NetworkOptions { AllowPrivateNetworks = true }, Dns.GetHostAddressesAsync, time);

        var posting = sender.PostAsync(Message(_receiver.Url("/")), _ct);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), _ct);
        time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.False(posting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var report = await posting;

        Assert.Equal(("timeout", TimeSpan.FromSeconds(60)), (report.Failure?.Code, report.Pause));
    }

    [Fact]
    public async Task A_name_at_a_private_address_is_not_called()
    {
        ResolveHost resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback });

        var report = await Sender(new NetworkOptions(), resolve)
            .PostAsync(Message($"http://rebind.example:{_receiver.Address.Port}/"), _ct);

        Assert.Equal("address_not_allowed", report.Failure?.Code);
        Assert.Empty(_receiver.All);
    }

    [Fact]
    public async Task It_connects_to_the_very_address_that_was_checked()
    {
        await using var other = await Receiver.StartAsync(_ct, address: "127.0.0.2", port: _receiver.Address.Port);
        var asked = 0;
        ResolveHost resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(++asked == 1 ? "127.0.0.1" : "127.0.0.2") });

        var report = await Sender(new NetworkOptions { AllowPrivateNetworks = true }, resolve)
            .PostAsync(Message($"http://rebind.example:{_receiver.Address.Port}/"), _ct);

        Assert.Null(report.Failure);
        Assert.Equal((1, 1, 0), (asked, _receiver.All.Count, other.All.Count));
    }

    [Fact]
    public async Task One_private_address_among_several_is_enough_to_refuse()
    {
        ResolveHost resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse("8.8.8.8"), IPAddress.Loopback });

        Assert.Equal("address_not_allowed",
            (await Sender(new NetworkOptions(), resolve).PostAsync(Message("https://two.example/"), _ct)).Failure?.Code);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_and_a_change_of_it_is_noticed()
    {
        using var server = Certificates.New("CN=localhost");
        var shown = new List<string>();
        await using var strict = await Receiver.StartAsync(_ct, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = server;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => certificate.Subject.StartsWith("CN=shop", StringComparison.Ordinal);
        }));
        strict.Answer("/", context =>
        {
            shown.Add(context.Connection.ClientCertificate!.Subject);
            return Task.CompletedTask;
        });
        var roots = Path.GetTempFileName();
        await File.WriteAllTextAsync(roots, server.ExportCertificatePem(), _ct);
        var options = new NetworkOptions { AllowPrivateNetworks = true, TrustedRoots = roots };
        using var clients = new OutboundClients(new AddressGuard(options, Dns.GetHostAddressesAsync), options, TimeProvider.System);
        var sender = new OutboundSender(clients, TimeProvider.System);
        var message = Message($"https://localhost:{strict.Address.Port}/");

        var without = await sender.PostAsync(message, _ct);
        var first = await sender.PostAsync(message with { Certificate = Certificates.NewClient("CN=shop one") }, _ct);
        var second = await sender.PostAsync(message with { Certificate = Certificates.NewClient("CN=shop two") }, _ct);
        var wrong = await sender.PostAsync(message with { Certificate = Certificates.NewClient("CN=stranger") }, _ct);
        File.Delete(roots);

        Assert.NotNull(without.Failure);
        Assert.True(first.Failure is null, first.Failure?.Message);
        Assert.Null(second.Failure);
        Assert.NotNull(wrong.Failure);
        Assert.Equal(["CN=shop one", "CN=shop two"], shown);
    }

    [Fact]
    public async Task A_server_nobody_vouches_for_is_not_written_to()
    {
        using var server = Certificates.New("CN=localhost");
        await using var strict = await Receiver.StartAsync(_ct, listen => listen.UseHttps(server));

        var report = await PostAsync($"https://localhost:{strict.Address.Port}/");

        Assert.Equal("connect_failed", report.Failure?.Code);
        Assert.Empty(strict.All);
    }

    private Task<CallReport> PostAsync(string url) =>
        Sender(new NetworkOptions { AllowPrivateNetworks = true }, Dns.GetHostAddressesAsync).PostAsync(Message(url), _ct);

    private static OutboundSender Sender(NetworkOptions options, ResolveHost resolve, TimeProvider? time = null) =>
        new(new OutboundClients(new AddressGuard(options, resolve), options, time ?? TimeProvider.System), time ?? TimeProvider.System);

    private static OutboundMessage Message(string url) =>
        new(Guid.Empty, new Uri(url), "{}"u8.ToArray(), "application/json", [new("x-shop", "1")], [], null);
}
