using Patchbay.Platform.Operations;

namespace Patchbay.Server.Document;

/// <summary>
/// Names of operations as people name methods. Actions have theirs; what is read is named after the resource at its path, which the actions
/// there name: <c>GET /api-keys/{id}</c> is <c>keys.get</c>, since <c>POST /api-keys</c> is <c>keys.create</c>.
/// </summary>
internal sealed class OperationNames
{
    private readonly Dictionary<string, string> _resources = new(StringComparer.Ordinal);

    public OperationNames(IEnumerable<DeclaredAction> actions)
    {
        foreach (var action in actions)
        {
            var words = action.Name.Split('.');
            var parts = Parts(action.Endpoint.Path);
            if (Word(parts[^1]) == words[^1])
                parts = parts[..^1];
            _resources[Key(parts)] = string.Join('.', words[..^1]);
        }
    }

    /// <param name="isList">It answers a page.</param>
    public string Of(string path, bool isList)
    {
        var parts = Parts(path);
        var resource = ResourceAt(parts);
        return isList ? resource + ".list"
            : parts.Length == 1 || IsParameter(parts[^1]) || _resources.ContainsKey(Key(parts)) ? resource + ".get"
            : resource;
    }

    private string ResourceAt(string[] parts) =>
        parts.Length == 0 ? ""
        : IsParameter(parts[^1]) ? ResourceAt(parts[..^1])
        : _resources.TryGetValue(Key(parts), out var resource) ? resource
        : $"{ResourceAt(parts[..^1])}.{Word(parts[^1])}".TrimStart('.');

    private static string Key(string[] parts) => string.Join('/', IsParameter(parts[^1]) ? parts[..^1] : parts);

    private static string[] Parts(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part is "api" or "v1")];

    private static bool IsParameter(string part) => part[0] == '{';

    private static string Word(string part) => part.Replace('-', '_');
}
