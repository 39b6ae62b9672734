using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Patchbay.Bench.Yardsticks;

/// <summary>What both yardsticks have in common: the hub's HTTP shape on both sides and two tables, and none of its features.</summary>
internal static class YardstickServer
{
    private const string Schema =
        """
        CREATE TABLE operations (id uuid PRIMARY KEY, idempotency_key text NOT NULL, body bytea NOT NULL, status text NOT NULL, node text, updated_at timestamptz NOT NULL) WITH (fillfactor = 70);
        CREATE TABLE attempts (operation_id uuid NOT NULL, number integer NOT NULL, at timestamptz NOT NULL, status integer NOT NULL, response text NOT NULL, PRIMARY KEY (operation_id, number));
        """;

    public static async Task RunAsync(string connectionString, int port, Uri sink, Func<NpgsqlDataSource, ProviderCall, IYardstick> make)
    {
        await using var source =
            NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=50;Auto Prepare Min Usages=1;Maximum Pool Size=64");
        await using (var schema = source.CreateCommand(Schema))
            await schema.ExecuteNonQueryAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        var yardstick = make(source, new ProviderCall(http, sink));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/readyz", () => Results.Ok());
        app.MapGet("/open", () => yardstick.Open.ToString(CultureInfo.InvariantCulture));
        app.MapPost("/", async (HttpContext context) =>
        {
            var body = new byte[(int)context.Request.ContentLength!];
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            var id = await yardstick.AcceptAsync(context.Request.Headers["Idempotency-Key"].ToString(), body);
            context.Response.StatusCode = 202;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 45;
            await context.Response.WriteAsync($$"""{"id":"{{id}}"}""", context.RequestAborted);
        });
        await app.RunAsync();
    }
}

/// <summary>A way to accept operations and carry them out.</summary>
internal interface IYardstick
{
    /// <summary>Operations accepted whose outcome is not recorded yet.</summary>
    int Open { get; }

    /// <summary>Ends when the operation is durable.</summary>
    Task<Guid> AcceptAsync(string key, byte[] body);
}

/// <summary>The call to the provider.</summary>
internal sealed class ProviderCall(HttpClient http, Uri sink)
{
    public async Task<(int Status, string Response)> MakeAsync(byte[] body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, sink) { Content = new ByteArrayContent(body) };
        using var response = await http.SendAsync(message);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
