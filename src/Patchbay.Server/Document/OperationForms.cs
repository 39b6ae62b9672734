using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;

namespace Patchbay.Server.Document;

/// <summary>What the conventions give to every operation: a name, its parameters, headers of answers, refusals.</summary>
internal static class OperationForms
{
    public static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata.ToList();
        var path = context.Description.RelativePath ?? "";
        operation.OperationId = NameOf(context, metadata, path);
        if (metadata.OfType<RequiredPermission>().FirstOrDefault() is { } required)
            operation.Description = $"{operation.Description}\n\nPermission: `{required.Permission}`".Trim();
        else
            operation.Security = [];
        operation.Parameters = [.. await ParametersAsync(operation, context, metadata, cancellationToken)];
        await DescribeAnswersAsync(operation, context, metadata, cancellationToken);
        if (document.Components?.Schemas?.ContainsKey(ProblemForms.Name) is not true)
        {
            var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellationToken);
            document.AddComponent(ProblemForms.Name, ProblemForms.Whole(problem));
        }

        foreach (var (status, response) in ProblemForms.Of(document, [.. EndpointRefusals.Groups(metadata, path)]))
            operation.Responses![$"{status}"] = response;
    }

    private static string NameOf(OpenApiOperationTransformerContext context, List<object> metadata, string path)
    {
        if (metadata.OfType<ActionName>().FirstOrDefault() is { } action)
            return action.Name;
        if (metadata.OfType<IEndpointNameMetadata>().FirstOrDefault() is { } named)
            return context.Description.HttpMethod == "GET" ? named.EndpointName + ".get" : named.EndpointName;
        var isList = metadata.OfType<IProducesResponseTypeMetadata>()
            .Any(answer => answer.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Page<>));
        return new OperationNames(context.ApplicationServices.GetRequiredService<ActionRegistry>().All).Of(path, isList);
    }

    private static async Task<IEnumerable<IOpenApiParameter>> ParametersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, List<object> metadata, CancellationToken cancellationToken)
    {
        var (document, all) = (context.Document!, operation.Parameters ?? []);
        var declared = metadata.OfType<QueryParameter>().DistinctBy(parameter => parameter.Name).ToList();
        var bound = all.Where(parameter => parameter.In == ParameterLocation.Query && declared.All(one => one.Name != parameter.Name));
        var headers = metadata.OfType<DocumentedHeader>().Where(header => !header.OfAnswer).Select(header => new OpenApiParameter
        {
            Name = header.Name, In = ParameterLocation.Header, Description = header.Description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        var parameters = new List<IOpenApiParameter>();
        foreach (var (name, type) in InPath(metadata, all))
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
            var parameter = new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Path, Required = true, Schema = schema, Example = Examples.OfPath(schema, name),
            };
            parameters.Add(schema.Pattern is null ? parameter : SharedParts.Once(document, type.Name, () => parameter));
        }

        parameters.AddRange([.. bound, .. declared.Select(parameter => SharedParts.Query(document, parameter)), .. headers]);
        if (metadata.OfType<ActionName>().Any())
            parameters.Add(SharedParts.KeyOf(document, metadata.OfType<NeedsIdempotencyKey>().Any()));
        if (operation.Responses?.ContainsKey("202") is true && context.Description.HttpMethod == "POST")
            parameters.Add(SharedParts.Prefer(document));
        return parameters;
    }

    /// <summary>Many actions answer the same.</summary>
    private static void Share(OpenApiResponses responses, OpenApiDocument document)
    {
        foreach (var (status, response) in responses.ToList())
        {
            if (response is not OpenApiResponse { Content: { Count: 1 } content } answer
                || content.Values.Single().Schema is not OpenApiSchemaReference { Reference.Id: { } view })
                continue;
            if (document.Components?.Responses?.ContainsKey(status + view) is not true)
                document.AddComponent(status + view, answer);
            responses[status] = new OpenApiResponseReference(status + view, document);
        }
    }

    /// <summary>What stands in the path: as it was declared, or as the method behind the endpoint takes it.</summary>
    private static IEnumerable<(string Name, Type Type)> InPath(List<object> metadata, IList<IOpenApiParameter> bound)
    {
        var taken = metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Ref<>))
            .Select(type => type.GetGenericArguments()[0]).FirstOrDefault();
        return metadata.OfType<PathParameter>().Select(parameter => (parameter.Name, parameter.Type))
            .Concat(bound.Where(parameter => parameter.In == ParameterLocation.Path)
                .Select(parameter => (parameter.Name!, parameter.Name == "id" && taken is not null ? taken : typeof(string))))
            .DistinctBy(parameter => parameter.Item1);
    }

    private static async Task DescribeAnswersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, List<object> metadata, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        string[] ofChange = metadata.OfType<ActionName>().Any() ? ["Idempotency-Replay"] : [];
        foreach (var (status, response) in operation.Responses.Where(pair => pair.Value is OpenApiResponse)
            .Select(pair => (pair.Key, (OpenApiResponse)pair.Value)))
        {
            string[] ofNew = ofChange.Length > 0 && status is "201" or "202" ? ["Location"] : [];
            response.Headers = SharedParts.Headers(context.Document!, [.. ofChange, .. ofNew]);
            foreach (var header in metadata.OfType<DocumentedHeader>().Where(header => header.OfAnswer))
                response.Headers[header.Name] = new OpenApiHeader
                {
                    Description = header.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
            foreach (var other in metadata.OfType<AlsoAnswers>())
                response.Content![other.ContentType] = new OpenApiMediaType
                {
                    Schema = await context.GetOrCreateSchemaAsync(other.Body, null, cancellationToken),
                };
            foreach (var text in metadata.OfType<TextExample>().Where(text => response.Content?.ContainsKey(text.ContentType) is true))
                response.Content![text.ContentType].Example = text.Text;
        }

        if (ofChange.Length > 0)
            Share(operation.Responses, context.Document!);
        foreach (var text in metadata.OfType<TextExample>())
        {
            if (operation.RequestBody?.Content?.TryGetValue(text.ContentType, out var body) is true)
                body.Example = text.Text;
        }
    }
}
