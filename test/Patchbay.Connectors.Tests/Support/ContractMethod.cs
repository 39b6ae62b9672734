using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>One thing a connector can be asked to do: a method of a contract that takes a request, or none, and a connection.</summary>
/// <param name="Word">Its name, for example <c>send_sms</c> or <c>look_up_message</c>.</param>
internal sealed record ContractMethod(string Word, Type Contract, MethodInfo Method)
{
    /// <summary>What every request says unless a recording changes it.</summary>
    private static readonly JsonObject Requests = SpecFile.ReadYaml("requests.yaml", "recordings/");

    public static IReadOnlyList<ContractMethod> All { get; } = typeof(IVerifyCredentials).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface).SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [.., { ParameterType: var connection }, _] && connection == typeof(Connection)
            && method.ReturnType.IsGenericType)
        .Select(method => new ContractMethod(WordOf(method), method.DeclaringType!, method))
        .ToList();

    /// <summary>Whether it does something that must not be done twice.</summary>
    public bool Acts => Contract.IsDefined(typeof(CapabilityAttribute)) && !Word.StartsWith("verify_", StringComparison.Ordinal);

    private Type? RequestType => Method.GetParameters() is [var request, _, _] ? request.ParameterType : null;

    public static ContractMethod Named(string word) => All.Single(method => method.Word == word);

    /// <param name="changes">Fields of the request that are not as usual.</param>
    public async Task<Told> CallAsync(
        ProviderUnderTest provider, ProviderHttp http, Connection connection, JsonObject? changes, CancellationToken cancellationToken)
    {
        object?[] arguments = RequestType is { } type
            ? [Request(type, provider.Requests[type.Name] as JsonObject, changes), connection, cancellationToken]
            : [connection, cancellationToken];
        var task = (Task)Method.Invoke(provider.Make(Contract, http), arguments)!;
        await task;
        var result = task.GetType().GetProperty("Result")!.GetValue(task)!;
        var error = (ProviderFailure?)result.GetType().GetProperty("Error")!.GetValue(result);
        return new Told(error is null ? result.GetType().GetProperty("Value")!.GetValue(result) : null, error);
    }

    /// <summary>The capability's own word where the method is called like it.</summary>
    private static string WordOf(MethodInfo method)
    {
        var name = method.Name[..^"Async".Length];
        var word = method.DeclaringType!.GetCustomAttribute<CapabilityAttribute>()?.Word;
        return word?.Replace("_", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase) == true
            ? word : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }

    private static object Request(Type type, params ReadOnlySpan<JsonObject?> changes)
    {
        var request = (JsonObject)Requests[type.Name]!.DeepClone();
        foreach (var change in changes)
            JsonFit.Merge(request, change ?? []);
        return request.Deserialize(type, ContractJson.Options)!;
    }
}

/// <summary>What a connector told: one of both.</summary>
internal sealed record Told(object? Value, ProviderFailure? Error);
