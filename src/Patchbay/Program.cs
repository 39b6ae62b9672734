using Patchbay.Hub.Hosting;

namespace Patchbay;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var options = HubOptions.Read(builder.Configuration);
        options.ConnectorAssemblies.Add(typeof(Connectors.BuiltIn).Assembly);
        builder.Services.AddHub(options);
        var app = builder.Build();
        app.MapHub();
        await app.RunAsync();
        return 0;
    }
}
