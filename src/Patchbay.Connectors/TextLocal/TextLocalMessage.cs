using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>Makes requests as TextLocal wants them: a form with the key in it, which is in no address.</summary>
/// <remarks>Sources: https://api.textlocal.in/docs/sendsms, https://api.txtlocal.com/docs/sendsms.</remarks>
internal static class TextLocalMessage
{
    private const string BritishHost = "https://api.txtlocal.com/";

    /// <param name="command">The path, with a slash at its end and none in front.</param>
    public static HttpRequestMessage Create(string command, Connection connection, FormBody fields)
    {
        FormBody form = new() { { "apikey", connection.Secret("api_key").Reveal() } };
        foreach (var (name, value) in fields)
            form.Add(name, value);
        return new HttpRequestMessage(HttpMethod.Post, IsBritish(connection) ? BritishHost + command : command)
        {
            Content = form.ToContent(),
            Headers = { Accept = { new("application/json") } },
        };
    }

    public static bool IsBritish(Connection connection) => connection.Value("region") == "uk";

    /// <summary>Numbers go without the plus; alphanumeric senders as they are.</summary>
    public static string Number(string sender) => PhoneNumber.TryParse(sender, out var number) ? number.Digits : sender;
}
