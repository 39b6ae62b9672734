using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Events;

/// <summary>
/// A kind of event. Each feature declares its own in static read-only fields, from which <see cref="EventTypes"/> gathers them; what is not
/// declared cannot be published.
/// </summary>
public sealed class EventType
{
    private readonly Lazy<JsonNode> _schema;
    private readonly Lazy<JsonNode> _example;

    private EventType(string name, string description, Type data, object example)
    {
        (Name, Description, Data) = (name, description, data);
        _schema = new Lazy<JsonNode>(() => DataSchema.Of(data));
        _example = new Lazy<JsonNode>(() => JsonSerializer.SerializeToNode(example, data, HubJson.Options)!);
    }

    /// <summary>For example <c>payment.succeeded</c>.</summary>
    public string Name { get; }

    /// <summary>When it is published, in one line.</summary>
    public string Description { get; }

    /// <summary>What is published as <c>data</c>.</summary>
    public Type Data { get; }

    /// <summary>JSON Schema 2020-12 of <c>data</c>.</summary>
    public JsonNode Schema => _schema.Value;

    /// <summary>What <c>data</c> may look like.</summary>
    public JsonNode Example => _example.Value;

    /// <typeparam name="TData">What is published as <c>data</c>: the subject as the API shows it.</typeparam>
    public static EventType Of<TData>(string name, string description, TData example)
        where TData : notnull => new(name, description, typeof(TData), example);

    public override string ToString() => Name;
}
