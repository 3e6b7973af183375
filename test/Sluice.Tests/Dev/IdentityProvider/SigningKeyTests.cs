using Microsoft.Extensions.Options;
using Sluice.Dev.IdentityProvider;

namespace Sluice.Tests.Dev.IdentityProvider;

public sealed class SigningKeyTests
{
    [Fact]
    public async Task A_token_verifies_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("sluice-idp-").FullName;
        try
        {
            Answer answer;
            string issuer;
            await using (var before = await ProviderHost.StartAsync(data: data))
            {
                answer = await before.OktaAsync("grant_type=client_credentials");
                issuer = before.Provider.OktaIssuer;
            }

            await using var after = await ProviderHost.StartAsync(data: data);
            var result = await answer.ValidateAsync(after, after.Provider.OktaJwksUri, issuer, "api://default");
            Assert.True(result.IsValid, result.Exception?.Message);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Only_their_owner_can_read_the_key_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var data = Directory.CreateTempSubdirectory("sluice-idp-").FullName;
        try
        {
            await using var host = await ProviderHost.StartAsync(data: data);

            var files = Directory.GetFiles(Path.Combine(data, "identity-provider")).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(["entra.pem", "okta.pem"], files.Select(Path.GetFileName));
            Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file)));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_closed_at_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var first = await ProviderHost.StartAsync();
        var file = Path.Combine(first.Data, "identity-provider", "okta.pem");
        SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var second = await ProviderHost.StartAsync(data: first.Data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public async Task A_broken_key_file_stops_the_start_and_says_what_to_do(string content)
    {
        var data = Directory.CreateTempSubdirectory("sluice-idp-").FullName;
        try
        {
            var file = Path.Combine(data, "identity-provider", "okta.pem");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, content, ProviderHost.Cancel);

            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ProviderHost.StartAsync(data: data));

            Assert.Contains(file, failure.Message, StringComparison.Ordinal);
            Assert.Contains("Delete it", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Settings_that_make_no_sense_stop_the_start()
    {
        Action<DevelopmentIdentityProviderOptions>[] mistakes =
        [
            options => options.PublicUrl = new Uri("http://127.0.0.1:8082/prefix"),
            options => options.PublicUrl = new Uri("ftp://127.0.0.1"),
            options => options.DataDirectory = " ",
            options => options.Tenant = "contoso",
            options => options.DefaultScope = "two words",
            options => options.Audience = "",
            options => options.TokenLifetime = TimeSpan.Zero,
            options => options.Clients.Add(new DevelopmentClient("dev-client", "again")),
            options => options.Clients.Add(new DevelopmentClient("", "x")),
            options => options.Clients.Add(new DevelopmentClient("x", "")),
        ];

        foreach (var mistake in mistakes)
        {
            await Assert.ThrowsAsync<OptionsValidationException>(() => ProviderHost.StartAsync(mistake));
        }
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}
