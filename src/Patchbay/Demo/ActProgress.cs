using Spectre.Console;

namespace Patchbay.Demo;

/// <summary>Shows what is going on: a spinner on a terminal, a line each elsewhere.</summary>
internal sealed class ActProgress(IAnsiConsole screen)
{
    private StatusContext? _spinner;
    private string _title = "";

    public void Say(string what)
    {
        if (_spinner is { } spinner)
            spinner.Status = Fitting($"{_title}: {what}");
        else
            screen.WriteLine($"      … {what}");
    }

    public async Task<T> WhileAsync<T>(string title, Func<Task<T>> work)
    {
        _title = title;
        if (!screen.Profile.Capabilities.Interactive || !screen.Profile.Capabilities.Ansi)
            return await work();
        return await screen.Status().StartAsync(Fitting(title), async spinner =>
        {
            _spinner = spinner;
            try
            {
                return await work();
            }
            finally
            {
                _spinner = null;
            }
        });
    }

    /// <summary>A spinner's line that wraps leaves pieces behind.</summary>
    private string Fitting(string text)
    {
        var room = Math.Max(20, screen.Profile.Width - 6);
        return Markup.Escape(text.Length <= room ? text : text[..(room - 1)] + "…");
    }
}
