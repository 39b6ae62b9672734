using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Document;

/// <summary>
/// The OpenAPI 3.1 document at <c>/openapi/v1.json</c>, that of the paths in camelCase at <c>/openapi/aliases.json</c>, and the page
/// over them at <c>/docs</c>. Both are made when they are asked for, from what endpoints and records declare.
/// </summary>
internal static class HubOpenApi
{
    private const string Aliases = "aliases";

    public static void AddHubOpenApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => Configure(options, aliases: false));
        services.AddOpenApi(Aliases, options => Configure(options, aliases: true));
    }

    public static void MapHubOpenApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapOpenApi("/openapi/{documentName}.yaml");
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase), docs =>
            docs.UseSwaggerUI(page =>
            {
                page.RoutePrefix = "docs";
                page.DocumentTitle = "Patchbay API";
                page.SwaggerEndpoint("/openapi/v1.json", "Patchbay v1");
                page.SwaggerEndpoint("/openapi/aliases.json", "The paths in camelCase");
            }));
    }

    /// <param name="aliases">Whether it is of the paths in camelCase, which differ from others only in a parameter's name.</param>
    private static void Configure(OpenApiOptions options, bool aliases)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<CamelCase>().Any() == aliases;
        options.CreateSchemaReferenceId = SchemaForms.NameOf;
        options.AddSchemaTransformer(SchemaForms.DescribeAsync);
        options.AddOperationTransformer(OperationForms.DescribeAsync);
        options.AddDocumentTransformer(async (document, context, cancellationToken) =>
        {
            Introduce(document, aliases);
            if (!aliases)
                await EventSection.AddAsync(document, context, cancellationToken);
            ComponentForms.Tidy(document);
            new Examples(document, context.ApplicationServices).AddToAll();
            if (aliases)
                CamelCaseNames.Apply(document);
        });
    }

    private static void Introduce(OpenApiDocument document, bool aliases)
    {
        document.Info = new OpenApiInfo
        {
            Title = aliases ? "Patchbay: the paths in camelCase" : "Patchbay",
            Version = "v1",
            Description = aliases
                ? "What systems call that the hub stands in for. Everything else is in the main document."
                : "One API to payment, messaging and other providers. Every operation is accepted durably, delivered asynchronously and "
                    + "tracked. Every answer to a key has the headers `RateLimit` and `RateLimit-Policy`. What fails for a fault of "
                    + "the hub's own is a Problem with status 500 and code `internal_error`.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        foreach (var server in document.Servers ?? [])
            server.Url = server.Url?.TrimEnd('/');
        document.AddComponent("api_key", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, ba_live_... or ba_test_...",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("api_key", document)] = [] }];
    }
}
