using Confluent.SchemaRegistry;
using Microsoft.Extensions.Options;

namespace Sluice.SchemaRegistry;

/// <summary>Makes <see cref="SchemaCatalog"/> available; null is registered where no registry is configured.</summary>
internal static class SchemaRegistryServices
{
    public static IServiceCollection AddSchemaRegistry(this IServiceCollection services)
    {
        services.AddOptions<SchemaRegistryOptions>()
            .BindConfiguration(SchemaRegistryOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                static options => options.Url is null || SchemaRegistryOptions.IsAddress(options.Url),
                $"{SchemaRegistryOptions.Section}:Url must be an address such as http://registry.example.com:8081.")
            .Validate(
                static options => options.Username is null == options.Password is null && options.Username?.Contains(':', StringComparison.Ordinal) is not true,
                $"{SchemaRegistryOptions.Section}: Username and Password belong together, and a user name has no colon.")
            .ValidateOnStart();
        services.AddSingleton<SchemaRegistryAccess>();
        return services;
    }

    /// <remarks>
    /// The client's own setting for an authority (<c>SslCaLocation</c>) is not offered: with it, any certificate that claims that issuer is taken, for
    /// whatever host and however old. The machine's list is checked in full.
    /// </remarks>
    public static ISchemaRegistryClient Connect(SchemaRegistryOptions options)
    {
        var config = new SchemaRegistryConfig
        {
            Url = options.Url,
            RequestTimeoutMs = (int)options.Timeout.TotalMilliseconds,
            MaxRetries = options.MaxRetries,
            MaxCachedSchemas = options.MaxSchemas,
            SslKeystoreLocation = options.KeystoreFile,
            SslKeystorePassword = options.KeystorePassword,
        };
        if (options.Username is not null)
        {
            config.BasicAuthCredentialsSource = AuthCredentialsSource.UserInfo;
            config.BasicAuthUserInfo = $"{options.Username}:{options.Password}";
        }

        return new CachedSchemaRegistryClient(config);
    }
}

/// <summary>The catalogue, if there is a registry.</summary>
internal sealed class SchemaRegistryAccess(IOptions<SchemaRegistryOptions> options, TimeProvider time, ILogger<SchemaCatalog> logger) : IDisposable
{
    private readonly ISchemaRegistryClient? _client = options.Value.Url is null ? null : SchemaRegistryServices.Connect(options.Value);

    /// <summary>Null without a registry.</summary>
    public SchemaCatalog? Catalog => field ??= _client is null ? null : new SchemaCatalog(_client, options.Value, time, logger);

    public void Dispose() => _client?.Dispose();
}
