using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Conventions;

/// <summary>Rows in which every property has a value, and no two the same where there are enough: filled by type.</summary>
internal sealed class SampleRows
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IdGenerator _ids = new(TimeProvider.System);
    private readonly Dictionary<Type, Func<object>> _values;
    private readonly TenantId _tenant;
    private int _rows;
    private int _number;

    public SampleRows()
    {
        _tenant = _ids.New<TenantId>();
        _values = new()
        {
            [typeof(string)] = () => $"text{_number}", [typeof(int)] = () => _number, [typeof(double)] = () => _number + 0.5,
            [typeof(long)] = () => 1_000_000L - _number,   // falling: captured is no more than the amount, and refunded no more than that
            [typeof(bool)] = () => _number % 2 == 0, [typeof(byte[])] = () => new[] { (byte)_number, (byte)7 },
            [typeof(Guid)] = () => _ids.NewGuid(), [typeof(TenantId)] = () => _tenant,
            [typeof(DateTimeOffset)] = () => Start.AddSeconds(_number),
            // The same in each row: a deposit keeps its currency.
            [typeof(Currency)] = () => Currency.Parse(_number % 101 % 2 == 0 ? "EUR" : "JPY"),
            [typeof(IPNetwork)] = () => IPNetwork.Parse($"10.{_number % 256}.0.0/16"),
            [typeof(ExchangeRate)] = () => ExchangeRate.Parse($"1.{_number}1"), [typeof(ExactAmount)] = () => new ExactAmount(_number),
            [typeof(LatencyCounts)] = () => LatencyCounts.Parse($"{_number} 0 1"),
            [typeof(Uri)] = () => new Uri($"https://example.com/{_number}"),
            [typeof(IReadOnlyDictionary<string, string>)] = () => new Dictionary<string, string> { [$"name{_number}"] = $"value{_number}" },
            [typeof(JsonElement)] = () => JsonElement.Parse($"\"text{_number}\""),
        };
    }

    /// <summary>Differs from the row before in all that can be different, flags and words included: the step has no divisor.</summary>
    public TRow Row<TRow>()
    {
        _number = 101 * _rows++;
        return (TRow)Of(typeof(TRow));
    }

    private object Of(Type type)
    {
        _number++;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (_values.TryGetValue(type, out var value))
            return value();
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(_number % Enum.GetValues(type).Length)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ListOf(type.GenericTypeArguments[0]);
        return type.IsAssignableTo(typeof(IDictionary)) ? DictionaryOf(type) : RecordOf(type);
    }

    /// <summary>Properties that are stored.</summary>
    public static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<NotStoredAttribute>() is null);

    private Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Of(item), 0);
        list.SetValue(Of(item), 1);
        return list;
    }

    private IDictionary DictionaryOf(Type type)
    {
        var made = (IDictionary)Activator.CreateInstance(type)!;
        made.Add(Of(type.GenericTypeArguments[0]), Of(type.GenericTypeArguments[1]));
        return made;
    }

    private object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(made => made.GetParameters().Length)
            ?? throw new InvalidOperationException($"No sample of {type}: say here how to make one.");
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in Stored(type).Where(property => !parameters.Any(parameter => parameter.Name == property.Name)))
            property.SetValue(made, Of(property.PropertyType));
        return made;
    }
}
