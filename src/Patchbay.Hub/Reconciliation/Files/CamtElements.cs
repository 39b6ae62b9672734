using System.Xml.Linq;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Finds elements by their local names.</summary>
internal static class CamtElements
{
    public static IEnumerable<XElement> All(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The first at the end of a path; null when there is none.</summary>
    public static XElement? At(this XElement element, params string[] path)
    {
        XElement? at = element;
        foreach (var name in path)
            at = at?.All(name).FirstOrDefault();
        return at;
    }

    /// <summary>Null when there is no such element, or nothing in it.</summary>
    public static string? Text(this XElement element, params string[] path) =>
        element.At(path) is { HasElements: false, Value: var text } && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
