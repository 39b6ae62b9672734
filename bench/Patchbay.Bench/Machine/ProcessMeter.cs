using System.Globalization;

namespace Patchbay.Bench.Machine;

/// <summary>Processor time and memory of a process and its children, as the kernel counts them.</summary>
internal static class ProcessMeter
{
    private const double TicksPerSecond = 100;

    /// <summary>Of the process and all its descendants, ended ones included; or of the process alone.</summary>
    public static TimeSpan Processor(int process, bool alone = false) =>
        TimeSpan.FromSeconds((alone ? Stat(process, 11, 12) : Tree(process).Sum(id => Stat(id, 11, 14))) / TicksPerSecond);

    /// <summary>Resident megabytes of the process alone.</summary>
    public static double Megabytes(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private static IEnumerable<int> Tree(int process)
    {
        yield return process;
        var children = File.Exists($"/proc/{process}/task/{process}/children")
            ? File.ReadAllText($"/proc/{process}/task/{process}/children") : "";
        foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(id => Tree(int.Parse(id, CultureInfo.InvariantCulture))))
            yield return child;
    }

    /// <summary>Fields of /proc/PID/stat after the name: user, system, children's user, children's system time.</summary>
    private static double Stat(int process, int first, int last)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[first..(last + 1)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;   // ended meanwhile: its parent has the sum
        }
    }
}
