using System.Globalization;

namespace Patchbay.Sandbox.Http;

/// <summary>A form whose names nest: <c>a[b]=v</c>, <c>a[0][b]=v</c>, <c>a[]=v</c>.</summary>
public sealed class FormNode
{
    private readonly Dictionary<string, FormNode> _children = new(StringComparer.Ordinal);

    public string? Text { get; private set; }

    public IReadOnlyDictionary<string, FormNode> Children => _children;

    /// <summary>The node at a path, such as <c>"metadata", "reference"</c>; null when it is not there.</summary>
    public FormNode? At(params ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var name in path)
        {
            if (!node._children.TryGetValue(name, out node))
                return null;
        }

        return node;
    }

    public string? TextAt(params ReadOnlySpan<string> path) => At(path)?.Text;

    public static FormNode Of(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var root = new FormNode();
        foreach (var (name, value) in fields)
        {
            var node = root;
            foreach (var part in Parts(name))
                node = node.Child(part);
            node.Text = value;
        }

        return root;
    }

    private FormNode Child(string name)
    {
        var key = name.Length == 0 ? _children.Count.ToString(CultureInfo.InvariantCulture) : name;
        if (!_children.TryGetValue(key, out var child))
            _children[key] = child = new FormNode();
        return child;
    }

    private static IEnumerable<string> Parts(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0)
            return [name];
        return name[(bracket + 1)..].TrimEnd(']').Split("][").Prepend(name[..bracket]);
    }
}
