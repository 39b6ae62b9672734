using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Names a long piece of work with progress.</summary>
public readonly record struct JobId(Guid Value) : ITypedId<JobId>
{
    public static string Prefix => "job";

    public static JobId From(Guid value) => new(value);

    public static JobId Parse(string s, IFormatProvider? provider) => TypeId.Parse<JobId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out JobId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
