using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>Names an API key; says nothing of its secret.</summary>
public readonly record struct ApiKeyId(Guid Value) : ITypedId<ApiKeyId>
{
    public static string Prefix => "key";

    public static ApiKeyId From(Guid value) => new(value);

    public static ApiKeyId Parse(string s, IFormatProvider? provider) => TypeId.Parse<ApiKeyId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out ApiKeyId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
