using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Patchbay.Bench.Scenarios;

/// <summary>Collects figures; prints them as tables and as JSON.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();
    private readonly JsonObject _json = [];
    private readonly List<(string Figure, string Goal, string Measured, bool Met)> _goals = [];

    /// <param name="rows">The first one is the heading.</param>
    public void Table(string title, IReadOnlyList<string[]> rows)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n");
        Write(rows);
    }

    public void Add(string name, JsonNode value) => _json[name] = value;

    public void AtLeast(string figure, double goal, double measured) => Goal(figure, $"≥ {Text(goal)}", measured, measured >= goal);

    /// <param name="unit">With a leading space, or empty.</param>
    public void AtMost(string figure, double goal, double measured, string unit) =>
        Goal(figure, $"≤ {Text(goal)}{unit}", measured, measured <= goal, unit);

    public string ToMarkdown()
    {
        Table("Goals", [["figure", "goal", "measured", ""],
            .. _goals.Select(goal => new[] { goal.Figure, goal.Goal, goal.Measured, goal.Met ? "met" : "**missed**" })]);
        return _text.ToString();
    }

    public string ToJson() => _json.ToString();

    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private void Goal(string figure, string goal, double measured, bool met, string unit = "")
    {
        _goals.Add((figure, goal, Text(measured) + unit, met));
        _json[figure] = measured;
        BenchStage.Say($"  {figure}: {Text(measured)}{unit} (goal {goal})");
    }

    private void Write(IReadOnlyList<string[]> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            _text.Append("| ").AppendJoin(" | ", rows[i]).Append(" |\n");
            if (i == 0)
                _text.Append('|').Insert(_text.Length, "---|", rows[0].Length).Append('\n');
        }
    }
}
