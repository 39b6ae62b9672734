using System.Diagnostics.CodeAnalysis;

namespace Patchbay.Connectors.Contracts;

/// <summary>Either a value or an expected refusal. Exceptions are left for bugs and broken machines.</summary>
public readonly struct Result<T, TError>
    where TError : class
{
    private readonly T? _value;

    public Result(T value) => _value = value;

    public Result(TError error) => Error = error;

    /// <summary>Null on success.</summary>
    public TError? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value; throws when the result is an error.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"No value: {Error}");

    public static implicit operator Result<T, TError>(T value) => new(value);

    public static implicit operator Result<T, TError>(TError error) => new(error);

    public Result<TOther, TError> Map<TOther>(Func<T, TOther> map) => IsSuccess ? map(_value!) : Error;

    public Result<TOther, TError> Then<TOther>(Func<T, Result<TOther, TError>> next) => IsSuccess ? next(_value!) : Error;
}
