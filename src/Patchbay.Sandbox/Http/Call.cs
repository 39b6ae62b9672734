using System.Text;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Http;

/// <summary>One request to one operation of a vendor, its body read.</summary>
internal sealed class Call(HttpContext http, string operation, string body)
{
    private IReadOnlyList<KeyValuePair<string, string>>? _form;
    private FormNode? _nested;

    /// <summary>For example <c>refunds.create</c>; the name faults and the ledger use.</summary>
    public string Operation { get; } = operation;

    public string Body { get; } = body;

    public HttpRequest Request => http.Request;

    public Credentials? Credentials { get; } = Credentials.Read(http.Request.Headers.Authorization.ToString());

    public IReadOnlyList<KeyValuePair<string, string>> Form => _form ??= FormFields.Parse(Body);

    public FormNode Nested => _nested ??= FormNode.Of(Form);

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public static async Task<Call> ReadAsync(HttpContext http, string operation, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(http.Request.Method))
            return new Call(http, operation, "");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return new Call(http, operation, await reader.ReadToEndAsync(cancellationToken));
    }
}
