using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Server.Http;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c>, and the page over it at <c>/docs</c>.</summary>
internal static class OpenApi
{
    public static void AddHubOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Patchbay",
                Version = "v1",
                Description =
                    "One API to payment, messaging and other providers. Every operation is accepted durably, delivered asynchronously and "
                        + "tracked.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["api_key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer",
                Description = "An API key, ba_live_... or ba_test_..." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(DescribeAsync);
    });

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
            }));
    }

    /// <summary>Shapes that the serializer has of its own: ids are texts, amounts are decimal strings or numbers.</summary>
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.GetInterfaces()
            .Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>)))
        {
            var prefix = (string)type.GetProperty(nameof(TenantId.Prefix))!.GetValue(null)!;
            schema.Type = JsonSchemaType.String;
            schema.Pattern = $"^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$";
        }
        else if (type == typeof(JsonObject))
        {
            schema.Type = (schema.Type & JsonSchemaType.Null) | JsonSchemaType.Object;
        }
        else if (type == typeof(JsonElement) && type != context.JsonTypeInfo.Type && context.JsonPropertyInfo?.Name == "amount")
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null;
            schema.Examples = ["12.50"];
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// For generated clients: the method, then the path below <c>/api/v1</c>, for example <c>post_payments_id_refunds</c>.
    /// </summary>
    private static string NameOf(string? method, string path)
    {
        const string Base = "api/v1/";
        var rest = path.StartsWith(Base, StringComparison.Ordinal) ? path[Base.Length..] : path;
        return $"{method?.ToLowerInvariant()}_{string.Join('_', rest.Split(['/', '{', '}', '-'], StringSplitOptions.RemoveEmptyEntries))}";
    }

    /// <summary>Adds what the conventions give to every operation: a name, headers, paging, errors, the key.</summary>
    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId ??= NameOf(context.Description.HttpMethod, context.Description.RelativePath ?? "");
        if (metadata.OfType<RequiredPermission>().FirstOrDefault() is not { } required)
            return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("api_key", context.Document)] = [] }];
        operation.Description = $"{operation.Description}\n\nNeeds the permission `{required.Permission}`.".Trim();
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<PathParameter>())
            Add(operation, parameter.Name, ParameterLocation.Path, true, null, JsonSchemaType.String);
        foreach (var parameter in metadata.OfType<QueryParameter>())
            Add(operation, parameter);

        if (context.Description.HttpMethod == "POST")
        {
            Add(operation, "Idempotency-Key", ParameterLocation.Header, metadata.OfType<NeedsIdempotencyKey>()
                .Any(), "The same key with the same body gets the first answer again.", JsonSchemaType.String);
            Add(operation, "Prefer", ParameterLocation.Header, false, "wait=N waits up to N (at most 30) seconds for the first outcome.",
                JsonSchemaType.String);
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellationToken);
        operation.Responses ??= [];
        foreach (var (status, text) in new[] { ("401", "No valid key"), ("403", "Not permitted"), ("404", "Not found"),
            ("422", "Not valid, or cannot be carried out"), ("429", "Too many requests") })
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType> { [Problems.ContentType] = new() { Schema = problem } },
            });
        }
    }

    private static void Add(OpenApiOperation operation, QueryParameter parameter)
    {
        operation.Parameters = [.. operation.Parameters!.Where(bound => bound.Name != parameter.Name)];   // bound as mere text
        var isNumber = parameter.Format == "int32";
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description,
            Schema = new OpenApiSchema
            {
                Type = isNumber ? JsonSchemaType.Integer : JsonSchemaType.String, Format = isNumber ? null : parameter.Format,
                Enum = [.. parameter.Words.Select(word => (JsonNode)word)],
            },
        });
    }

    private static void Add(
        OpenApiOperation operation, string name, ParameterLocation where, bool required, string? description, JsonSchemaType type)
    {
        if (operation.Parameters!.All(parameter => parameter.Name != name))
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = name, In = where, Required = required, Description = description,
                Schema = new OpenApiSchema { Type = type },
            });
        }
    }
}
