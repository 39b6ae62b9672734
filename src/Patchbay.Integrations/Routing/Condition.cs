using System.Text.Json;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// One condition of a rule, in the words of the contract. Whether it makes sense is for <see cref="ConditionCompiler"/> to say.
/// </summary>
/// <param name="Field">One of <see cref="RoutingField.Words"/>.</param>
/// <param name="Operator">For example <c>not_in</c>.</param>
/// <param name="Value">
/// A text for eq, neq and prefix; a list for in and not_in; a decimal number, as text or number, for what compares numbers, and two of them
/// for between; true or false for exists.
/// </param>
public sealed record Condition(string Field, string Operator, JsonElement Value);
