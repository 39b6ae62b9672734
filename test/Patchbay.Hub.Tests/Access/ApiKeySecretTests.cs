using Patchbay.Platform.Access;

namespace Patchbay.Hub.Tests.Access;

public sealed class ApiKeySecretTests
{
    // The checksums were computed with zlib's crc32.
    [Theory]
    [InlineData("ba_live_0000000000000000000000000000001ZOmef", "0045723b85e7d3b794d10ae6674645f126b82ef8927f7157847bfca316151316")]
    [InlineData("ba_test_abcdefghijklmnopqrstuvwxyz01231NMO4i", "173dd0878e3917e7691d5b90c07b37bf1778fceaeb27ad73ae45993baa4171ee")]
    [InlineData("ba_live_Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz90K5MWP", "a0304ee6d6f221e607e015ab16a873c729227f2f4fa655b9f961971f27ed4ff9")]
    public void Known_keys_are_well_formed_and_have_known_hashes(string text, string hash)
    {
        Assert.True(ApiKeySecret.IsWellFormed(text));
        Assert.Equal(hash, Convert.ToHexStringLower(ApiKeySecret.Hash(text)));
    }

    [Theory]
    [InlineData(true, "ba_live_")]
    [InlineData(false, "ba_test_")]
    public void New_keys_are_well_formed_and_all_different(bool live, string prefix)
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKeySecret.New(live)).ToList();
        Assert.All(keys, key => Assert.True(ApiKeySecret.IsWellFormed(key)));
        Assert.All(keys, key => Assert.StartsWith(prefix, key, StringComparison.Ordinal));
        Assert.Equal(100, keys.Distinct().Count());
    }

    [Fact]
    public void Changing_any_character_spoils_the_key()
    {
        const string Key = "ba_live_Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz90K5MWP";
        for (var i = 0; i < Key.Length; i++)
            Assert.False(ApiKeySecret.IsWellFormed(Key[..i] + (Key[i] == 'a' ? 'b' : 'a') + Key[(i + 1)..]), $"at {i}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba_live_")]
    [InlineData("ba_live_0000000000000000000000000000001ZOmef ")]
    [InlineData("ba_demo_0000000000000000000000000000001ZOmef")]
    [InlineData("ba_live_00000000000000000000000000000é1ZOmef")]
    public void What_has_another_form_is_no_key(string? text) => Assert.False(ApiKeySecret.IsWellFormed(text));

    [Fact]
    public void The_hint_shows_prefix_and_last_four_characters() =>
        Assert.Equal("ba_live_…Omef", ApiKeySecret.Hint("ba_live_0000000000000000000000000000001ZOmef"));
}
