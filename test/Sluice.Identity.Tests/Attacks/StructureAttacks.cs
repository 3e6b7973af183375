using System.Text;
using System.Text.Json.Nodes;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Attacks;

/// <summary>Attacks 37 to 46: a token has exactly one spelling, and everything that is not quite it is refused.</summary>
public sealed class StructureAttacks
{
    [Theory]
    [InlineData("37 two parts", "a.b")]
    [InlineData("37 four parts", "H.P.S.x")]
    [InlineData("37 empty header", ".P.S")]
    [InlineData("37 empty payload", "H..S")]
    [InlineData("37 empty signature", "H.P.")]
    [InlineData("37 dots", "..")]
    [InlineData("37 more dots", "....")]
    [InlineData("38 padded header", "H=.P.S")]
    [InlineData("38 padded signature", "H.P.S==")]
    [InlineData("38 plus", "H.P.S+")]
    [InlineData("38 slash", "H.P/.S")]
    [InlineData("38 space", "H.P .S")]
    [InlineData("38 line break", "H.P\n.S")]
    [InlineData("38 not ASCII", "H.Pé.S")]
    [InlineData("43 JSON serialisation", "{\"payload\":\"P\",\"signatures\":[{\"protected\":\"H\",\"signature\":\"S\"}]}")]
    public async Task A_token_that_is_not_three_strict_parts_is_refused(string attack, string shape)
    {
        await using var host = await IdentityHost.StartAsync();
        var parts = host.Token().Split('.');
        var token = shape.Replace("H", parts[0], StringComparison.Ordinal).Replace("P", parts[1], StringComparison.Ordinal).Replace("S", parts[2], StringComparison.Ordinal);

        var outcome = await host.CheckAsync(token);

        Assert.True(outcome.Refusal?.Rule is RefusalRule.MalformedToken or RefusalRule.MalformedRequest, $"{attack}: {outcome}");
    }

    [Fact]
    public async Task Attack_38_the_bits_that_encode_nothing_must_be_zero()
    {
        await using var host = await IdentityHost.StartAsync();
        var parts = host.Token().Split('.');

        // 256 bytes leave 2 in the last group: the last character has 4 bits that encode nothing.
        var last = parts[2][^1];
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var other = Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) | 1];

        await host.RefusesAsync($"{parts[0]}.{parts[1]}.{parts[2][..^1]}{other}", RefusalRule.MalformedToken);
    }

    [Theory]
    [InlineData("39 not JSON", "hello")]
    [InlineData("39 array", "[]")]
    [InlineData("39 string", "\"sub\"")]
    [InlineData("39 null", "null")]
    [InlineData("39 two objects", "{}{}")]
    [InlineData("39 comment", "{/* */}")]
    [InlineData("39 trailing comma", "{\"sub\":\"a\",}")]
    [InlineData("39 lone surrogate", "{\"sub\":\"\\ud800\"}")]
    [InlineData("39 surrogates in the wrong order", "{\"sub\":\"\\udc00\\ud800\"}")]
    [InlineData("40 sub twice", "{\"sub\":\"a\",\"sub\":\"b\"}")]
    [InlineData("40 exp twice", "{\"exp\":1,\"exp\":9999999999}")]
    [InlineData("40 escaped twice", "{\"sub\":\"a\",\"s\\u0075b\":\"b\"}")]
    [InlineData("40 twice inside", "{\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}}")]
    public async Task A_payload_that_could_be_read_in_two_ways_is_refused(string attack, string payload)
    {
        await using var host = await IdentityHost.StartAsync();

        Assert.True((await host.RefusesAsync(Signed(host, Encoding.UTF8.GetBytes(payload)), RefusalRule.MalformedToken)).Detail.Length > 0, attack);
    }

    [Fact]
    public async Task Attack_39_other_encodings_than_UTF_8_are_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        var json = host.Claims().ToJsonString();

        await host.RefusesAsync(Signed(host, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)]), RefusalRule.MalformedToken);
        await host.RefusesAsync(Signed(host, Encoding.Unicode.GetBytes(json)), RefusalRule.MalformedToken);
        await host.RefusesAsync(Signed(host, [.. Encoding.UTF8.GetBytes(json[..^1]), .. ",\"x\":\"\xFF\"}".Select(c => (byte)c)]), RefusalRule.MalformedToken);
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(17, false)]
    [InlineData(14, true)]
    public async Task Attack_41_nesting_is_bounded(int depth, bool accepted)
    {
        await using var host = await IdentityHost.StartAsync();
        var json = host.Claims().ToJsonString();
        var deep = $"{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}";
        var token = Signed(host, Encoding.UTF8.GetBytes($"{json[..^1]},\"x\":{deep}}}"));

        if (accepted)
        {
            await host.AcceptsAsync(token);
        }
        else
        {
            await host.RefusesAsync(token, RefusalRule.MalformedToken);
        }
    }

    [Fact]
    public async Task Attack_42_size_is_bounded_and_many_claims_are_no_trouble()
    {
        await using var host = await IdentityHost.StartAsync(options => options.MaxTokenBytes = 512 * 1024);
        var many = host.Token(claims =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                claims[$"claim{i}"] = i;
            }
        });

        await host.AcceptsAsync(many);
        await host.RefusesAsync(host.Token(claims => claims["x"] = new string('x', 1024 * 1024)), RefusalRule.MalformedToken);
    }

    [Fact]
    public async Task A_token_of_16_KiB_with_200_groups_is_accepted_and_one_byte_more_is_not()
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Token(Groups(40));
        for (var length = 41; token.Length < 16 * 1024 - 300; length++)
        {
            token = host.Token(Groups(length));
        }

        await host.AcceptsAsync(token);
        await host.RefusesAsync(host.Token(Groups(70)), RefusalRule.MalformedToken);

        static Action<JsonObject> Groups(int length) => claims =>
            claims["groups"] = new JsonArray([.. Enumerable.Range(0, 200).Select(i => JsonValue.Create($"{i}-{new string('g', length)}"))]);
    }

    [Fact]
    public async Task Attacks_44_45_46_what_was_signed_is_what_is_there()
    {
        await using var host = await IdentityHost.StartAsync();
        var parts = host.Token().Split('.');
        var signature = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(parts[2]);
        var other = host.Token(claims => claims["sub"] = "other").Split('.');
        var flipped = signature.ToArray();
        flipped[100] ^= 1;

        await host.RefusesAsync($"{parts[0]}.{parts[1]}.{TestKey.Encode(signature[..^1])}", RefusalRule.BadSignature);
        await host.RefusesAsync($"{parts[0]}.{parts[1]}.{TestKey.Encode([.. signature, 0])}", RefusalRule.BadSignature);
        await host.RefusesAsync($"{parts[0]}.{parts[1]}.{TestKey.Encode(flipped)}", RefusalRule.BadSignature);
        await host.RefusesAsync($"{parts[0]}.{TestKey.Encode(host.Claims("admin").ToJsonString())}.{parts[2]}", RefusalRule.BadSignature);
        await host.RefusesAsync($"{parts[0]}.{parts[1]}.{other[2]}", RefusalRule.BadSignature);
        await host.AcceptsAsync(string.Join('.', other));
    }

    private static string Signed(IdentityHost host, byte[] payload) =>
        host.Issuer.Key.SignParts(TestKey.Encode(TestIssuer.Header(host.Issuer.Key).ToJsonString()), TestKey.Encode(payload));
}
