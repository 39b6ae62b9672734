using Patchbay.Platform.Access;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Access;

public sealed class PermissionsTests
{
    [Theory]
    [InlineData("read:payments", "read:payments", true)]
    [InlineData("read:payments", "write:payments", false)]
    [InlineData("read:payments", "read:messages", false)]
    [InlineData("write:payments", "write:payments", true)]
    [InlineData("write:payments", "read:payments", true)]
    [InlineData("write:payments", "read:messages", false)]
    [InlineData("read:*", "read:audit", true)]
    [InlineData("read:*", "write:audit", false)]
    [InlineData("read:*", "read:*", true)]
    [InlineData("read:*", "*", false)]
    [InlineData("write:payments", "read:*", false)]
    [InlineData("*", "write:keys", true)]
    [InlineData("*", "read:*", true)]
    [InlineData("*", "*", true)]
    [InlineData("*", "platform", false)]
    [InlineData("platform", "platform", true)]
    [InlineData("platform", "read:payments", false)]
    [InlineData("platform", "write:keys", false)]
    [InlineData("platform", "*", false)]
    [InlineData("read:payments", Permissions.AnyKey, true)]
    public void A_granted_word_covers_what_it_should(string granted, string required, bool allowed) =>
        Assert.Equal(allowed, Permissions.Allow([granted], required));

    [Theory]
    [InlineData("*", true)]
    [InlineData("read:*", true)]
    [InlineData("read:payments", true)]
    [InlineData("write:keys", true)]
    [InlineData("write:*", false)]
    [InlineData("platform", false)]
    [InlineData("", false)]
    [InlineData("delete:payments", false)]
    [InlineData("read:everything", false)]
    [InlineData("read:payments:all", false)]
    public void Only_these_words_can_be_granted(string word, bool known) => Assert.Equal(known, Declared.Permissions.IsKnown(word));
}
