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
            var pools = filters.Select(Pool).ToArray();
            using var claims = JsonDocument.Parse(json);

            var candidates = PoolIndex.Of(pools).Candidates(claims.RootElement);

            AssertHoldsAll(candidates, pools, claims.RootElement);
        },
        iter: 1000,
        threads: 1);

    [Fact]
    public void An_index_that_followed_changes_leaves_out_none_that_matches_and_ends_empty() => Gen.Select(Filter.Array[1, 8], Filter.Array[1, 8], Claims).Sample(
        (before, after, json) =>
        {
            using var claims = JsonDocument.Parse(json);
            var pools = before.Select(Pool).ToArray();
            var index = PoolIndex.Of(pools);
            for (var i = 0; i < after.Length; i++)
            {
                var changed = Pool(after[i], i);
                index = index.Replace(pools.ElementAtOrDefault(i), changed);
                pools = i < pools.Length ? [.. pools[..i], changed, .. pools[(i + 1)..]] : [.. pools, changed];
                AssertHoldsAll(index.Candidates(claims.RootElement), pools, claims.RootElement);
            }

            foreach (var pool in pools)
            {
                index = index.Replace(pool, null);
                Assert.DoesNotContain(pool.Pool.Id, index.Candidates(claims.RootElement));
            }

            Assert.Empty(index.Candidates(claims.RootElement));
        },
        iter: 1000,
        threads: 1);

    private static TrustedPool Pool(string filter, int i)
    {
        var pool = new IdentityPool($"pool-{i}", "op", "", "", "claims.sub", filter);
        return new TrustedPool(pool, PoolFilter.Compile(pool, NullLogger.Instance), ClaimPath.Subject);
    }

    private static void AssertHoldsAll(IReadOnlyCollection<string> candidates, TrustedPool[] pools, JsonElement claims)
    {
        var matching = pools.Where(pool => pool.Filter.IsTrue(claims)).Select(pool => pool.Pool.Id).ToArray();
        Assert.Equal(matching, matching.Intersect(candidates));
        Assert.Equal(candidates.Order(StringComparer.Ordinal).Distinct(), candidates);
    }

    [Fact]
    public void Pools_for_one_text_are_found_without_looking_at_the_others()
    {
        var pools = Enumerable.Range(0, 1000).Select(i => Pool($"claims.aud == 'kafka' && claims.sub == 'service-{i}'", i)).ToArray();
        using var claims = JsonDocument.Parse("""{"aud":"kafka","sub":"service-500"}""");

        Assert.Equal(["pool-500"], PoolIndex.Of(pools).Candidates(claims.RootElement));
    }
}
