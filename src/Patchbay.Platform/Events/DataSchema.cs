using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>JSON Schemas of what the API shows, from the records that it shows. They leave room for fields to come.</summary>
internal static class DataSchema
{
    private static readonly JsonSerializerOptions Json =
        HubJson.ForSchemas(new(HubJson.Stored) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
    private static readonly JsonSchemaExporterOptions Options =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    public static JsonNode Of(Type data)
    {
        var schema = Json.GetJsonSchemaAsNode(data, Options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    /// <summary>What the hub's own converters write.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset))
            return Text(context, new JsonObject { ["format"] = "date-time" });
        if (type.GetInterfaces()
            .Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            return Text(
                context, new JsonObject { ["pattern"] =
                    TypeId.Pattern((string)type.GetProperty(nameof(TenantId.Prefix))!.GetValue(null)!) });
        if (type == typeof(JsonObject))
            return new JsonObject { ["type"] = context.PropertyInfo?.IsGetNullable == true ? new JsonArray("object", "null") : "object" };
        return schema.GetValueKind() == JsonValueKind.True ? new JsonObject() : schema;   // not every validator takes true for "anything"
    }

    private static JsonObject Text(JsonSchemaExporterContext context, JsonObject more)
    {
        var isNullable = Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
        more.Insert(0, "type", isNullable ? new JsonArray("string", "null") : "string");
        return more;
    }
}
