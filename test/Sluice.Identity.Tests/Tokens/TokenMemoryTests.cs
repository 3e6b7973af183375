using System.Text.Json.Nodes;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Tests.Tokens;

/// <summary>The bounds of what is remembered, and what goes when they are reached.</summary>
public sealed class TokenMemoryTests
{
    private const long Plenty = 1L << 40;
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_flood_of_distinct_tokens_never_exceeds_the_entries(int entries)
    {
        var memory = new TokenMemory(entries, Plenty);

        for (var i = 0; i < 5000; i++)
        {
            memory.Add(Token(i));
            Assert.InRange(memory.Count, 1, entries);
        }

        Assert.InRange(memory.Count, entries / 2, entries);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(16 * 1024)]
    public void A_flood_of_distinct_tokens_never_exceeds_the_bytes(int length)
    {
        var memory = new TokenMemory(1_000_000, MiB);

        for (var i = 0; i < 2000; i++)
        {
            var token = Token(i, length);
            memory.Add(token);
            memory.Tie(token.Field, token);
            memory.TryGrow(token, i % 500);
            Assert.InRange(memory.Bytes, 1, MiB);
        }

        // Not by forgetting everything: with half of it used at the least, less one token.
        Assert.InRange(memory.Bytes, (MiB * 7 / 16) - 40_000, MiB);
        Assert.InRange(memory.Count, 10, 1000);
    }

    [Fact]
    public void The_bounds_hold_while_many_threads_add_find_tie_and_remove()
    {
        const int Entries = 200;
        var memory = new TokenMemory(Entries, MiB);
        var worst = (Count: 0, Bytes: 0L);

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var token = Token(i % 700, 500 + (i % 7 * 1000));
            if (memory.Find(token.Text) is { } found)
            {
                memory.Tie(found.Field, found);
                memory.TryGrow(found, 100);
                if (i % 11 == 0)
                {
                    memory.Remove(found, found.Field);
                }
            }
            else
            {
                memory.Add(token);
            }

            var (count, bytes) = (memory.Count, memory.Bytes);
            lock (memory)
            {
                worst = (Math.Max(worst.Count, count), Math.Max(worst.Bytes, bytes));
            }
        });

        Assert.InRange(worst.Count, 1, Entries);
        Assert.InRange(worst.Bytes, 1, MiB);
    }

    [Fact]
    public void What_is_counted_is_given_back_when_everything_is_removed()
    {
        var memory = new TokenMemory(100, MiB);
        CheckedToken[] tokens = [.. Enumerable.Range(0, 40).Select(i => Token(i))];
        foreach (var token in tokens)
        {
            memory.Add(token);
            memory.Add(Token(int.Parse(token.Text[^4..])));
            memory.Tie(token.Field, token);
            memory.TryGrow(memory.Find(token.Text)!, 500);
        }

        foreach (var token in tokens)
        {
            memory.Remove(token, token.Field);
            Assert.Null(memory.Find(token.Text));
            Assert.Null(memory.Find(token.Field));
        }

        Assert.Equal((0, 0), (memory.Count, memory.Bytes));
    }

    [Fact]
    public void A_token_in_use_outlives_a_flood_and_the_others_go()
    {
        var memory = new TokenMemory(100, Plenty);
        var used = Token(1_000_000);
        memory.Add(used);
        memory.Add(Token(1_000_001));

        for (var i = 0; i < 1000; i++)
        {
            memory.Add(Token(i));
            if (i % 40 == 0)
            {
                Assert.Same(used, memory.Find(used.Text));
            }
        }

        Assert.Same(used, memory.Find(used.Text));
        Assert.Null(memory.Find(Token(1_000_001).Text));
        Assert.NotNull(memory.Find(Token(999).Text));
    }

    [Fact]
    public void A_token_in_use_by_one_connection_only_outlives_a_flood()
    {
        var memory = new TokenMemory(100, Plenty);
        var used = Token(1_000_000);
        memory.Add(used);
        memory.Tie(used.Field, used);

        for (var i = 0; i < 1000; i++)
        {
            memory.Add(Token(i));
            if (i % 20 == 0 && memory.Find(used.Field) is null)
            {
                // As the authenticator does when the string is not known.
                Assert.Same(used, memory.Find(used.Text));
                memory.Tie(used.Field, used);
            }
        }

        Assert.Same(used, memory.Find(used.Text));
    }

    [Fact]
    public void A_token_that_is_larger_than_there_is_room_for_is_not_remembered_and_drives_nothing_out()
    {
        var memory = new TokenMemory(100, MiB);
        memory.Add(Token(1));

        var huge = Token(2, 300_000);
        memory.Add(huge);
        memory.Tie(huge.Field, huge);

        Assert.Null(memory.Find(huge.Text));
        Assert.Null(memory.Find(huge.Field));
        Assert.NotNull(memory.Find(Token(1).Text));
    }

    [Fact]
    public void Only_the_very_text_is_found()
    {
        var memory = new TokenMemory(100, MiB);
        var token = Token(7, 900);
        memory.Add(token);
        var text = token.Text.ToString();

        // What is hashed is the end: all but the end differs here, one character each.
        for (var i = 0; i < text.Length; i++)
        {
            Assert.Null(memory.Find(string.Concat(text.AsSpan(0, i), "#", text.AsSpan(i + 1))));
        }

        Assert.Null(memory.Find(text[1..]));
        Assert.Null(memory.Find(text + "A"));
        Assert.Null(memory.Find(""));
        Assert.Same(token, memory.Find(text.AsSpan()));
    }

    [Fact]
    public async Task Attack_42_tokens_of_16_KiB_that_are_never_seen_again_stay_within_the_settings()
    {
        await using var host = await IdentityHost.StartAsync(options =>
        {
            options.TokenCacheEntries = 20;
            options.TokenCacheBytes = MiB;
        });
        var memory = host.Get<Authenticator>().Memory;

        for (var i = 0; i < 60; i++)
        {
            var token = host.Token(claims =>
            {
                claims["jti"] = $"token-{i}";
                claims["groups"] = new JsonArray([.. Enumerable.Range(0, 200).Select(group => (JsonNode)$"group-{group:D4}-of-{i:D4}-with-a-name-as-companies-have-it")]);
            });
            Assert.InRange(token.Length, 12_000, 16_384);

            // Under several pools, each with an answer of its own, and as other connections would: in other strings.
            foreach (var pools in new[] { null, "pool-all", "pool-all,pool-b", "pool-b" })
            {
                await host.CheckAsync(token, pools);
                await host.CheckAsync(new string(token), pools);
                Assert.InRange(memory.Bytes, 1, MiB);
                Assert.InRange(memory.Count, 1, 20);
            }
        }

        Assert.InRange(memory.Count, 10, 20);
    }

    [Fact]
    public async Task Many_answers_for_one_token_do_not_grow_it_without_end()
    {
        await using var host = await IdentityHost.StartAsync(options => options.TokenCacheBytes = MiB);
        var memory = host.Get<Authenticator>().Memory;
        var token = host.Token();

        for (var i = 0; i < 500; i++)
        {
            await host.CheckAsync(token, $"pool-all,pool-{i}");
            await host.CheckAsync(token, $"pool-{new string('x', 200)}{i}");

            // What was answered is forgotten when pools change, and counted once however often that is.
            host.Put(new State.IdentityPool($"pool-extra-{i}", IdentityHost.ProviderId, "", "", "claims.sub", "true"));
        }

        Assert.Equal(1, memory.Count);
        Assert.InRange(memory.Bytes, 1, (16 * 1024) + (MiB / 8));
    }

    [Fact]
    public async Task Nothing_is_remembered_when_the_lifetime_is_zero()
    {
        await using var host = await IdentityHost.StartAsync(options => options.TokenCacheLifetime = TimeSpan.Zero);

        var token = host.Token();
        await host.AcceptsAsync(token);
        await host.AcceptsAsync(token);

        Assert.Equal((0, 0), (host.Get<Authenticator>().Memory.Count, host.Get<Authenticator>().Memory.Bytes));
    }

    [Fact]
    public async Task A_refused_token_is_not_remembered()
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(claims => claims["exp"] = 1), RefusalRule.Expired);

        Assert.Equal(0, host.Get<Authenticator>().Memory.Count);
    }

    // As tokens are: what tells them apart is spread over the text, and the end is the signature's.
    private static CheckedToken Token(int number, int length = 600)
    {
        var field = $"Bearer {new string('t', length - 8)}{number % 10_000:D8}";
        return new CheckedToken(number < 10_000 ? field : field[..^9] + "x" + field[^8..], "Bearer ".Length, default, 0, null, null!, null!) { NamesKey = true };
    }
}
