using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Identity.Pools;
using Sluice.Identity.Trust;
using Sluice.State;

namespace Sluice.Identity.Tests;

/// <summary>The index may give pools that do not match; it must never leave out one that does.</summary>
public sealed class PoolIndexTests
{
    private static readonly Gen<string> Name = Gen.OneOf(Gen.Const("sub"), Gen.Const("aud"), Gen.Const("groups"));

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"));

    private static readonly Gen<string> Atom = Gen.OneOf(
        Gen.Select(Name, Text, (name, text) => $"claims.{name} == '{text}'"),
        Gen.Select(Name, Text, (name, text) => $"'{text}' == claims['{name}']"),
        Gen.Select(Name, Text, (name, text) => $"'{text}' in claims.{name}"),
        Gen.Select(Name, Text, Text, (name, one, other) => $"claims.{name} in ['{one}', '{other}']"),
        Gen.Select(Name, Text, (name, text) => $"claims.{name} != '{text}'"),
        Gen.Select(Name, Text, (name, text) => $"!(claims.{name} == '{text}')"),
        Gen.Select(Name, name => $"has(claims.{name})"),
        Gen.Select(Name, Text, (name, text) => $"claims.{name}.exists(g, g == '{text}')"),
        Gen.OneOf(Gen.Const("true"), Gen.Const("false")));

    private static readonly Gen<string> Pair = Joined(Atom);

    private static readonly Gen<string> Filter = Gen.OneOf(Atom, Pair, Joined(Pair), Joined(Gen.OneOf(Atom, Joined(Pair))));

    private static readonly Gen<string> Value = Gen.OneOf(
        Text.Select(text => $"\"{text}\""),
        Text.Array[0, 3].Select(texts => $"[{string.Join(',', texts.Select(text => $"\"{text}\""))}]"),
        Text.Select(text => $"{{\"{text}\":1}}"),
        Gen.OneOf(Gen.Const("1"), Gen.Const("null")));

    private static readonly Gen<string> Claims = Value.Array[3].Select(Gen.Bool.Array[3], (values, present) => "{" + string.Join(
        ',', new[] { "sub", "aud", "groups" }.Select((name, i) => $"\"{name}\":{values[i]}").Where((_, i) => present[i])) + "}");

    private static Gen<string> Joined(Gen<string> part) =>
        Gen.Select(part, part, Gen.Bool, (left, right, and) => and ? $"({left} && {right})" : $"({left} || {right})");

    [Fact]
    public void No_pool_that_matches_is_left_out() => Gen.Select(Filter.Array[1, 8], Claims).Sample(
        (filters, json) =>
        {
            var pools = filters.Select((filter, i) =>
            {
                var pool = new IdentityPool($"pool-{i}", "op", "", "", "claims.sub", filter);
                return new TrustedPool(pool, PoolFilter.Compile(pool, NullLogger.Instance), ClaimPath.Subject);
            }).ToArray();
            using var claims = JsonDocument.Parse(json);

            var candidates = PoolIndex.Of(pools).Candidates(claims.RootElement);

            var matching = Enumerable.Range(0, pools.Length).Where(i => pools[i].Filter.IsTrue(claims.RootElement)).ToArray();
            Assert.Equal(matching, matching.Intersect(candidates));
            Assert.Equal(candidates.Order().Distinct(), candidates);
        },
        iter: 1000,
        threads: 1);

    [Fact]
    public void Pools_for_one_text_are_found_without_looking_at_the_others()
    {
        var pools = Enumerable.Range(0, 1000).Select(i =>
        {
            var pool = new IdentityPool($"pool-{i}", "op", "", "", "claims.sub", $"claims.aud == 'kafka' && claims.sub == 'service-{i}'");
            return new TrustedPool(pool, PoolFilter.Compile(pool, NullLogger.Instance), ClaimPath.Subject);
        }).ToArray();
        using var claims = JsonDocument.Parse("""{"aud":"kafka","sub":"service-500"}""");

        Assert.Equal([500], PoolIndex.Of(pools).Candidates(claims.RootElement));
    }
}
