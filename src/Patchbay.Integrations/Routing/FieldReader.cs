using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// Reads the fields of one operation for many rules. It remembers the last of those that have to be looked up and parsed: a thousand rules
/// mostly ask for the same one.
/// </summary>
public ref struct FieldReader(RoutingContext context)
{
    private RoutingField _field;
    private string? _text;
    private decimal _number;
    private bool _hasNumber;
    private bool _remembers;

    public string? TextOf(RoutingField field) => MustBeLookedUp(field) ? LookUp(field) : context.TextOf(field);

    public bool TryNumberOf(RoutingField field, out decimal number)
    {
        if (!MustBeLookedUp(field))
            return context.TryNumberOf(field, out number);
        LookUp(field);
        number = _number;
        return _hasNumber;
    }

    public readonly bool Has(RoutingField field) => context.Has(field);

    private static bool MustBeLookedUp(RoutingField field) => field.Kind is RoutingFieldKind.Customer or RoutingFieldKind.Metadata;

    private string? LookUp(RoutingField field)
    {
        if (!_remembers || field != _field)
        {
            (_field, _remembers) = (field, true);
            _text = context.TextOf(field);
            _hasNumber = PlainDecimal.TryParse(_text, out _number);
        }

        return _text;
    }
}
