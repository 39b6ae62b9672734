using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace Patchbay.Hub.Messages;

/// <summary>What people read of an HTML mail who see no HTML.</summary>
public static partial class HtmlText
{
    /// <summary>Paragraphs and lines stay apart; a link has its address behind it, an image its text.</summary>
    public static string Of(string html)
    {
        var (text, hidden, link) = (new StringBuilder(), 0, null as string);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && hidden == 0)
                text.Append(Blanks().Replace(data.Data, " "));
            if (token is not HtmlTagToken tag)
                continue;
            if (tag.Id is HtmlTagId.Head or HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title)
                hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1));
            else if (tag is { Id: HtmlTagId.A, IsEndTag: false })
                link = Value(tag, HtmlAttributeId.Href);
            else if (tag.Id == HtmlTagId.A && link is not null && !text.ToString().TrimEnd().EndsWith(link, StringComparison.Ordinal))
                text.Append($" ({link})");
            else if (tag.Id == HtmlTagId.Image)
                text.Append(Value(tag, HtmlAttributeId.Alt));
            text.Append(Break(tag));
        }

        return Gaps().Replace(Margins().Replace(text.ToString(), "\n"), "\n\n").Trim();
    }

    private static string? Value(HtmlTagToken tag, HtmlAttributeId attribute) =>
        tag.Attributes.FirstOrDefault(one => one.Id == attribute)?.Value;

    private static string Break(HtmlTagToken tag) => tag.Id switch
    {
        HtmlTagId.Br or HtmlTagId.TR => tag.IsEndTag ? "" : "\n",
        HtmlTagId.Div => "\n",
        HtmlTagId.LI => tag.IsEndTag ? "" : "\n- ",
        HtmlTagId.TD or HtmlTagId.TH => tag.IsEndTag ? " " : "",
        HtmlTagId.P or HtmlTagId.Table or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.BlockQuote or HtmlTagId.HR
            or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 => "\n\n",
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[ \t]*\n[ \t]*")]
    private static partial Regex Margins();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
