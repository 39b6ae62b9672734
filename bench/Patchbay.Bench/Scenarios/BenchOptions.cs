using System.Globalization;

namespace Patchbay.Bench.Scenarios;

/// <summary>What <c>bench/run.sh</c> hands on.</summary>
/// <param name="Only">Names of scenarios; empty: all.</param>
/// <param name="Json">File for the figures; null: none.</param>
/// <param name="Against">Folder with another build of the hub, for <c>compare</c>; null: the bench's own.</param>
internal sealed record BenchOptions(
    string Postgres, int PostgresProcess, string Folder, int Seconds, int Rounds, IReadOnlyList<string> Only, string? Json, string? Against)
{
    public static BenchOptions Read(string[] arguments)
    {
        var given = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new BenchOptions(
            given["--postgres"], Number("--postgres-process", 0), given["--folder"], Number("--seconds", 10), Number("--rounds", 3),
            given.GetValueOrDefault("--only")?.Split(',') ?? [], given.GetValueOrDefault("--json"), given.GetValueOrDefault("--against"));

        int Number(string name, int otherwise) =>
            given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
