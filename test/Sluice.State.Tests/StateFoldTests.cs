using CsCheck;

namespace Sluice.State.Tests;

public sealed class StateFoldTests
{
    private static readonly Gen<IStateResource> AnyResource = Gen.OneOf<IStateResource>(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], (i, n) => (IStateResource)new ServiceAccount($"sa-{i}", $"name-{n}", "")),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], (i, n) => (IStateResource)new IdentityProvider($"op-{i}", "p", "", $"https://issuer-{n}", "")),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], (i, n) => (IStateResource)Samples.Pool($"pool-{i}", $"op-{n}")),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], (i, n) => (IStateResource)new ApiKey($"K{i}", "h", $"sa-{n}", null)),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], (i, n) => (IStateResource)new RoleBinding($"rb-{i}", $"User:sa-{n}", "R", "crn://x")));

    private static readonly Gen<Change[]> AnyChanges =
        Gen.Select(AnyResource, Gen.Bool, (r, delete) => delete ? Change.Delete(r) : Change.Put(r)).Array[0, 60];

    [Fact]
    public void Folding_one_by_one_and_all_at_once_comes_to_the_same()
    {
        AnyChanges.Sample(changes =>
        {
            var oneByOne = GatewayState.Empty;
            var fold = new StateFold(GatewayState.Empty);
            foreach (var record in Number(changes))
            {
                var step = new StateFold(oneByOne);
                step.Apply(record);
                oneByOne = step.ToState(record.Version);
                fold.Apply(record);
            }

            Assert.Equal(All(oneByOne), All(fold.ToState(changes.Length)));
        });
    }

    [Fact]
    public void Indexes_say_what_walking_the_collections_says()
    {
        AnyChanges.Sample(changes =>
        {
            var fold = new StateFold(GatewayState.Empty);
            foreach (var record in Number(changes))
            {
                fold.Apply(record);
            }

            var state = fold.ToState(changes.Length);
            AssertIndex(state.IdentityPools.Values.GroupBy(p => p.ProviderId, p => p.Id), state.Indexes.PoolIdsByProvider);
            AssertIndex(state.ApiKeys.Values.GroupBy(k => k.OwnerId, k => k.Id), state.Indexes.ApiKeyIdsByOwner);
            AssertIndex(state.RoleBindings.Values.GroupBy(b => b.Principal, b => b.Id), state.Indexes.RoleBindingIdsByPrincipal);
            Assert.All(state.Indexes.ServiceAccountIdsByName, e => Assert.Equal(e.Key, state.ServiceAccounts[e.Value].DisplayName));
            Assert.All(state.Indexes.ProviderIdsByIssuer, e => Assert.Equal(e.Key, state.IdentityProviders[e.Value].Issuer));
        });
    }

    private static void AssertIndex(
        IEnumerable<IGrouping<string, string>> walked, IReadOnlyDictionary<string, System.Collections.Immutable.ImmutableHashSet<string>> index)
    {
        static string Line(string key, IEnumerable<string> ids) => $"{key}: {string.Join(',', ids.Order(StringComparer.Ordinal))}";
        Assert.Equal(walked.Select(g => Line(g.Key, g)).Order(StringComparer.Ordinal), index.Select(e => Line(e.Key, e.Value)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<ChangeRecord> Number(Change[] changes) =>
        changes.Select((c, i) => new ChangeRecord(i + 1, DateTimeOffset.UnixEpoch.AddSeconds(i), Samples.Author, c.Kind, c.Id, c.After));

    private static IEnumerable<string> All(GatewayState state) =>
        ((IEnumerable<IStateResource>)[.. state.IdentityProviders.Values, .. state.IdentityPools.Values, .. state.ServiceAccounts.Values, .. state.ApiKeys.Values, .. state.RoleBindings.Values])
        .Select(r => $"{r} {r.Metadata}").Order(StringComparer.Ordinal);
}
