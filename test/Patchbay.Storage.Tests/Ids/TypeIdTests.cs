using FsCheck;
using FsCheck.Fluent;

namespace Patchbay.Storage.Tests.Ids;

public sealed class TypeIdTests
{
    // https://github.com/jetify-com/typeid/blob/main/spec/valid.yml
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000000000000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000001", "00000000000000000000000001")]
    [InlineData("00000000-0000-0000-0000-00000000000a", "0000000000000000000000000a")]
    [InlineData("00000000-0000-0000-0000-000000000010", "0000000000000000000000000g")]
    [InlineData("00000000-0000-0000-0000-000000000020", "00000000000000000000000010")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "7zzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("0110c853-1d09-52d8-d73e-1194e95b5f19", "0123456789abcdefghjkmnpqrs")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", "01h455vb4pex5vsknk084sn02q")]
    public void The_vectors_of_the_specification_hold(string uuid, string digits)
    {
        var tenant = new TenantId(Guid.Parse(uuid));

        Assert.Equal("ten_" + digits, tenant.ToString());
        Assert.True(TypeId.TryParse<TenantId>("ten_" + digits, out var parsed));
        Assert.Equal(tenant, parsed);
    }

    [Fact]
    public void Every_uuid_survives_the_way_through_text() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll<Guid>(value => TypeId.Parse<TenantId>(new TenantId(value).ToString()).Value == value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ten_")]
    [InlineData("ten_01h455vb4pex5vsknk084sn02")]     // too short
    [InlineData("ten_01h455vb4pex5vsknk084sn02qq")]   // too long
    [InlineData("ten_8zzzzzzzzzzzzzzzzzzzzzzzzz")]    // above 128 bits
    [InlineData("ten_01H455VB4PEX5VSKNK084SN02Q")]    // upper case
    [InlineData("ten_01h455vb4pex5vsknk084sn0il")]    // letters that look like digits
    [InlineData("ten-01h455vb4pex5vsknk084sn02q")]
    [InlineData("TEN_01h455vb4pex5vsknk084sn02q")]
    [InlineData("pay_01h455vb4pex5vsknk084sn02q")]    // names something else
    [InlineData(" ten_01h455vb4pex5vsknk084sn02")]
    [InlineData("ten_/1h455vb4pex5vsknk084sn02q")]
    public void Text_that_is_no_id_is_refused(string? text)
    {
        Assert.False(TypeId.TryParse<TenantId>(text, out _));
        Assert.Throws<FormatException>(() => TypeId.Parse<TenantId>(text!));
    }
}
