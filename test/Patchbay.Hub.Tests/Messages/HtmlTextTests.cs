using Patchbay.Hub.Messages;

namespace Patchbay.Hub.Tests.Messages;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three")]
    [InlineData("One<br>Two<br/>Three", "One\nTwo\nThree")]
    [InlineData("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two")]
    [InlineData("See <a href=\"https://shop.example/7\">your order</a>.", "See your order (https://shop.example/7).")]
    [InlineData("<a href=\"https://shop.example\">https://shop.example</a>", "https://shop.example")]
    [InlineData("<head><title>T</title><style>p { color: red }</style></head><body><script>alert(1)</script>Hi</body>", "Hi")]
    [InlineData("<table><tr><td>A</td><td>1.00</td></tr><tr><td>B</td><td>2.00</td></tr></table>", "A 1.00\nB 2.00")]
    [InlineData("<img alt=\"Logo\" src=\"x\">  \n  <b>Hi</b>   there", "Logo Hi there")]
    [InlineData("<p>Not closed <b>at all", "Not closed at all")]
    [InlineData("", "")]
    public void It_is_what_people_read(string html, string text) => Assert.Equal(text, HtmlText.Of(html));
}
