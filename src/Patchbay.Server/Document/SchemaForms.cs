using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Server.Document;

/// <summary>Schemas of what the hub's own converters read and write, and which fields are always there.</summary>
internal static class SchemaForms
{
    private const JsonSchemaType Anything = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean | JsonSchemaType.Array
        | JsonSchemaType.Object | JsonSchemaType.Null;

    /// <summary>Marks the schema of a field that may be null; not written out.</summary>
    public const string Nullable = "nullable";

    /// <summary>The name of a component; null for what is written out where it stands.</summary>
    public static string? NameOf(JsonTypeInfo type) =>
        type.Type == typeof(ProblemView) ? ProblemForms.Name
        : type.Type == typeof(JsonElement) || type.Type.IsAssignableTo(typeof(JsonNode)) ? null
        : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static async Task DescribeAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = System.Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(string) && Declared<ReadAsAttribute>(context.JsonPropertyInfo) is { } read)
            type = read.Type;
        if (context.JsonPropertyInfo is { IsGetNullable: true })
            (schema.Metadata ??= new Dictionary<string, object>())[Nullable] = true;
        var orNull = IsNullable(context, schema) ? JsonSchemaType.Null : default;
        if (IsId(type))
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Pattern = TypeId.Pattern((string)type.GetProperty(nameof(TenantId.Prefix))!.GetValue(null)!);
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Format = "date-time";
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | orNull;
        }
        else if (type == typeof(JsonElement))
        {
            await DescribeElementAsync(schema, context, cancellationToken);
        }
        else if (type.IsAssignableTo(typeof(JsonNode)))
        {
            schema.Type = JsonSchemaType.Object | orNull;
        }
        else if (schema is { Items: null, Type: { } form } && form.HasFlag(JsonSchemaType.Array)
            && context.JsonTypeInfo.ElementType is { } element)
        {
            schema.Items = await context.GetOrCreateSchemaAsync(element, null, cancellationToken);
        }

        if (ProblemForms.Name == NameOf(context.JsonTypeInfo) && schema.Properties?["detail"] is OpenApiSchema detail)
            detail.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-ms-primary-error-message"] = new JsonNodeExtension(true) };
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is { Count: > 0 })
            schema.Required = context.JsonTypeInfo.Properties.Where(IsAlwaysThere).Select(property => property.Name).ToHashSet();
    }

    /// <summary>Read by hand, so that the type does not tell: an amount, or what an attribute says.</summary>
    private static async Task DescribeElementAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Type = Anything;
        schema.Items = new OpenApiSchema();
        if (Declared<ReadAsAttribute>(context.JsonPropertyInfo) is not { } read)
            return;
        schema.Items = null;
        var form = await context.GetOrCreateSchemaAsync(read.Type, null, cancellationToken);
        (schema.Type, schema.Pattern, schema.Items) = (form.Type | JsonSchemaType.Null, form.Pattern, form.Items);
        if (read.Type == typeof(decimal))
            (schema.Type, schema.Pattern) = (JsonSchemaType.String | JsonSchemaType.Null, Examples.Decimal);
    }

    private static bool IsId(Type type) => type.GetInterfaces()
        .Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>));

    private static bool IsNullable(OpenApiSchemaTransformerContext context, OpenApiSchema schema) =>
        System.Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is not null
        || schema.Type?.HasFlag(JsonSchemaType.Null) is true
        || context.JsonPropertyInfo is { IsGetNullable: true, PropertyType.IsValueType: false };

    /// <summary>
    /// What a constructor gives a default may be left out unless it is marked as required; everything else is there, be it null.
    /// </summary>
    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.ShouldSerialize is null
        && (property.AssociatedParameter is not { HasDefaultValue: true } || Declared<RequiredAttribute>(property) is not null);

    private static T? Declared<T>(JsonPropertyInfo? property)
        where T : Attribute =>
        property?.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
