using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Kiota.Abstractions.Serialization;
using Patchbay.Client;
using Patchbay.Client.Models;
using Patchbay.TestKit;

namespace Patchbay.ClientTests;

/// <summary>The client against a hub whose providers are played.</summary>
public sealed class SandboxTests(SandboxHub hub) : IClassFixture<SandboxHub>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_readme_does_what_it_says()
    {
        await using var receiver = new Receiver();
        await using var console = new StringWriter(CultureInfo.InvariantCulture);

        var services = new ServiceCollection();
        await Readme.RunAsync(
            hub.Address.ToString(), hub.KeyFile, receiver.Hooks, receiver.App, services, TextWriter.Synchronized(console));
        await receiver.App.StartAsync(_ct);
        await foreach (var payment in Payments("order-1001", 50).WithCancellation(_ct))
            await hub.PayAsync(payment, _ct);
        await Eventually.BecomesAsync(
            () => console.ToString().Split('\n').Count(line => line.StartsWith("order-1001 is paid", StringComparison.Ordinal)) >= 2,
            Limit, _ct);
        await using var container = services.BuildServiceProvider();

        var tenant = await container.GetRequiredService<PatchbayClient>().Api.V1.Tenant.GetAsync(cancellationToken: _ct);
        Assert.Equal("default", tenant!.Name);
        Assert.Contains("Pay at http", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nto must be ", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("\norder-1001: Requires_action", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_is_paid_on_its_page_and_the_customer_gets_a_message()
    {
        var payment = await hub.StartPaymentAsync("paid", _ct);
        await hub.PayAsync(payment, _ct);
        var message = await hub.Client.Api.V1.Messages.PostAsync(
            new() { Channel = MessageChannel.Sms, To = "+14155550123", Body = "Paid" }, cancellationToken: _ct);
        await Eventually.BecomesAsync(
            async () => (await hub.Client.Api.V1.Messages[message!.Id!].GetAsync(cancellationToken: _ct))!.Status
                == MessageStatus.Delivered, Limit, _ct);

        var deliveries = await hub.Client.Api.V1.Deliveries.GetAsync(page => page.QueryParameters.SubjectId = payment.Id, _ct);

        Assert.Equal(PaymentStatus.Requires_action, payment.Status);
        Assert.StartsWith("int_", deliveries!.Data![0].IntegrationId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_payment_and_none_gives_another()
    {
        var order = new CreatePaymentRequest { Amount = "5", Currency = "EUR", Reference = "twice", ReturnUrl = "https://shop.example/" };
        var payments = new List<string?>();
        foreach (var key in new[] { "twice", "twice", null, null })
        {
            payments.Add((await hub.Client.Api.V1.Payments.PostAsync(order, call =>
            {
                if (key is not null)
                    call.Headers.Add("Idempotency-Key", key);
            }, _ct))!.Id);
        }

        Assert.Equal(payments[0], payments[1]);
        Assert.Equal(3, payments.Distinct().Count());
    }

    [Fact]
    public async Task A_signed_webhook_is_believed_and_a_forged_one_is_not()
    {
        await using var receiver = new Receiver();
        await receiver.KeepAllAsync(_ct);
        var endpoint = await hub.Client.Api.V1.Webhooks.PostAsync(
            new() { Url = receiver.Hooks, Events = ["payment.succeeded"] }, cancellationToken: _ct);
        var payment = await hub.StartPaymentAsync("told", _ct);
        await hub.PayAsync(payment, _ct);
        await Eventually.BecomesAsync(() => Received().Any(one => one.Id == payment.Id), Limit, _ct);

        var (told, body, headers) = Received().Where(one => one.Id == payment.Id).Select(one => (one.Told, one.Body, one.Headers)).First();
        body[^3] ^= 1;

        Assert.Equal("payment.succeeded", told.Type);
        Assert.Equal(headers["webhook-id"], told.Id);
        Assert.Equal("49.90", ((PaymentView)told.Data!).Captured);
        Assert.Throws<WebhookException>(() => Webhook.Verify(body, name => headers[name], [endpoint!.Secret!]));

        IEnumerable<(string? Id, EventView Told, byte[] Body, Microsoft.AspNetCore.Http.IHeaderDictionary Headers)> Received() =>
            receiver.Deliveries.Select(one =>
            {
                var told = Webhook.Verify(one.Body, name => one.Headers[name], [endpoint!.Secret!]);
                return (((PaymentView)told.Data!).Id, told, one.Body, one.Headers);
            });
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        var made = new List<string?>();
        for (var i = 0; i < 3; i++)
            made.Insert(0, (await hub.StartPaymentAsync("listed", _ct)).Id);

        var read = await Payments("listed", 1).Select(payment => payment.Id).ToListAsync(_ct);
        var first = await Payments("listed", 2).Select(payment => payment.Id).FirstAsync(_ct);

        Assert.Equal(made, read);
        Assert.Equal(made[0], first);
    }

    [Fact]
    public async Task The_feed_is_read_from_an_event_on_and_its_data_has_types()
    {
        var payment = await hub.StartPaymentAsync("fed", _ct);
        await Eventually.BecomesAsync(async () => await Events().AnyAsync(_ct), Limit, _ct);

        var first = await Events().FirstAsync(_ct);

        Assert.Equal("payment.created", first.Type);
        Assert.Equal("fed", ((PaymentView)first.Data!).Reference);

        IAsyncEnumerable<EventView> Events() => Pages.All(
            (cursor, token) => hub.Client.Api.V1.Events.GetAsync(page =>
            {
                page.QueryParameters.Subject = payment.Id;
                page.QueryParameters.After = cursor;
            }, token), page => page.Data);
    }

    [Fact]
    public async Task The_stream_of_events_is_open_while_they_come()
    {
        await using var stream = await hub.Client.Api.V1.Events.Stream.GetAsync(
            request => request.QueryParameters.Type = ["payment.created"], _ct);
        using var lines = new StreamReader(stream!);
        await hub.StartPaymentAsync("streamed", _ct);

        string? line;
        do
        {
            line = await lines.ReadLineAsync(_ct);
        }
        while (line is not null && !line.Contains("\"streamed\"", StringComparison.Ordinal));

        Assert.StartsWith("data: {", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_json_goes_there_and_back()
    {
        var integrations = await hub.Client.Api.V1.Integrations.GetAsync(cancellationToken: _ct);
        var integration = integrations!.Data!.First(one => one.Capabilities!.Contains("send_sms"));
        var rule = await hub.Client.Api.V1.RoutingRules.PostAsync(
            new()
            {
                Capability = "send_sms", Priority = 10, IntegrationId = integration.Id,
                Conditions = [new() { Field = "country", Operator = "in", Value = new UntypedArray([new UntypedString("JM")]) }],
            }, cancellationToken: _ct);
        await hub.Client.Api.V1.RoutingRules[rule!.Id!].DeleteAsync(cancellationToken: _ct);

        Assert.Equal(integration.Id, rule.IntegrationId);
        var value = Assert.IsType<UntypedArray>(Assert.Single(rule.Conditions!).Value);
        Assert.Equal("JM", Assert.IsType<UntypedString>(Assert.Single(value.GetValue())).GetValue());
    }

    [Fact]
    public async Task A_refusal_says_which_field_is_wrong_and_where_to_look_for_it()
    {
        var problem = await Assert.ThrowsAsync<Problem>(() => hub.Client.Api.V1.Payments.PostAsync(
            new() { Amount = "-1", Currency = "EUR", Reference = "wrong", ReturnUrl = "https://shop.example/" }, cancellationToken: _ct));

        Assert.Equal((422, "validation_failed"), (problem.Status, problem.Code));
        Assert.Equal(["amount"], problem.FieldErrors.Keys);
        Assert.NotEmpty(Assert.Single(problem.FieldErrors["amount"]));
        Assert.Equal(problem.Detail, problem.Message);
        Assert.Equal(32, problem.TraceId!.Length);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        var stranger = PatchbayClient.Create(hub.Address, "ba_test_nobody");

        var problem = await Assert.ThrowsAsync<Problem>(() => stranger.Api.V1.Tenant.GetAsync(cancellationToken: _ct));

        Assert.Equal((401, "unauthenticated"), (problem.ResponseStatusCode, problem.Code));
        Assert.Empty(problem.FieldErrors);
    }

    private IAsyncEnumerable<PaymentView> Payments(string reference, int pageSize) => Pages.All(
        (cursor, token) => hub.Client.Api.V1.Payments.GetAsync(page =>
        {
            page.QueryParameters.Reference = reference;
            page.QueryParameters.Limit = pageSize;
            page.QueryParameters.Cursor = cursor;
        }, token), page => page.Data);
}
