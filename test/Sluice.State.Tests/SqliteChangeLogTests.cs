using Microsoft.Data.Sqlite;
using Sluice.State.Logs;
using static Sluice.State.Tests.Samples;

namespace Sluice.State.Tests;

public sealed class SqliteChangeLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_kind_of_resource_survives_a_restart_as_it_was()
    {
        IStateResource[] resources =
        [
            new Organization(Organization.Default.Id, "Renamed"),
            new DeploymentEnvironment("env-1", "staging", "ESSENTIALS"),
            new IdentityProvider("op-1", "Okta", "\"é\u0000\ud83d\ude00 <&>", "https://issuer/", "https://issuer/keys")
            {
                IdentityClaim = "claims.sub", ExpectedAudiences = ["a", "b"],
            },
            Pool("pool-1"),
            new User("u-1", "someone@example.com", "Some One"),
            Account("sa-1"),
            new ApiKey("KEY", ApiKeySecret.Hash("secret"), "sa-1", "lkc-1") { DisplayName = "d", Description = "e" },
            new RoleBinding("rb-1", "User:pool-1", "DeveloperRead", "crn://confluent.cloud/organization=o"),
        ];
        IStateResource[] before;
        await using (var store = await OpenAsync())
        {
            foreach (var resource in resources)
            {
                await store.PutAsync(resource);
            }

            before = [.. resources.Select(r => store.Current.Find(r.Kind, r.Id)!)];
        }

        await using var again = await OpenAsync();

        Assert.Equivalent(before, resources.Select(r => again.Current.Find(r.Kind, r.Id)!).ToArray(), strict: true);
        Assert.Equal("\"é\u0000\ud83d\ude00 <&>", again.Current.IdentityProviders["op-1"].Description);
        Assert.True(ApiKeySecret.Verify(again.Current.ApiKeys["KEY"].SecretHash, "secret"u8));
        Assert.Equal(resources.Length, again.Current.Version);
    }

    [Fact]
    public async Task Deletions_survive_a_restart_and_stay_in_the_history()
    {
        await using (var store = await OpenAsync())
        {
            await store.PutAsync(Account("sa-1"));
            await store.DeleteAsync(Account("sa-1"));
        }

        await using var again = await OpenAsync();

        Assert.Empty(again.Current.ServiceAccounts);
        var history = await again.ReadHistoryAsync(new HistoryQuery(0, 10), TestContext.Current.CancellationToken);
        Assert.Equal([false, true], history.Select(r => r.After is null));
        Assert.Equal(Author, history[1].Author);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_file_is_refused_with_what_to_do()
    {
        await using var store = await OpenAsync();

        var refusal = Assert.Throws<StateUnavailableException>(() => SqliteChangeLog.Open(_folder.StateFile));

        Assert.Contains("another gateway uses this state file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_alone()
    {
        Run("CREATE TABLE theirs (x)");

        var refusal = Assert.Throws<StateUnavailableException>(() => SqliteChangeLog.Open(_folder.StateFile));

        Assert.Contains("not one of Sluice's state files", refusal.Message, StringComparison.Ordinal);
        Run("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_folder.StateFile, new string('?', 5000));

        Assert.Throws<StateUnavailableException>(() => SqliteChangeLog.Open(_folder.StateFile));
    }

    [Fact]
    public void A_file_of_a_newer_release_is_refused()
    {
        SqliteChangeLog.Open(_folder.StateFile).Dispose();
        Run("PRAGMA user_version = 99");

        var refusal = Assert.Throws<StateUnavailableException>(() => SqliteChangeLog.Open(_folder.StateFile));

        Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_an_unknown_kind_is_refused_rather_than_skipped()
    {
        SqliteChangeLog.Open(_folder.StateFile).Dispose();
        Run("INSERT INTO change VALUES (1, 0, 'x', NULL, 'Spaceship', 's-1', '{}')");

        var refusal = await Assert.ThrowsAsync<StateUnavailableException>(() => OpenAsync());

        Assert.Contains("Spaceship", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Appending_on_a_stale_version_writes_nothing()
    {
        using var log = SqliteChangeLog.Open(_folder.StateFile);
        var one = new ChangeRecord(1, DateTimeOffset.UnixEpoch, Author, ResourceKind.ServiceAccount, "sa-1", Account("sa-1"));
        Assert.True(log.TryAppend(0, [one]));

        Assert.False(log.TryAppend(0, [one with { Id = "sa-2" }]));

        Assert.Single(log.Read(new HistoryQuery(0, 10)));
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // No Unix file modes there.
        }

        await using var store = await OpenAsync();
        await store.PutAsync(Account("sa-1"));

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_folder.StateFile)!, "state.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private Task<StateStore> OpenAsync() => StateStore.OpenAsync(SqliteChangeLog.Open(_folder.StateFile), [], TimeProvider.System);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.StateFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
