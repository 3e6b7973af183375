using Sluice.ControlPlane;
using Sluice.Hosting.Proxies;
using Sluice.Identity;
using Sluice.Kafka.Client.Minting;
using Sluice.Rest.V3.Records;
using Sluice.SchemaRegistry;
using Sluice.Sts;

namespace Sluice.Serve;

/// <summary>
/// Section <c>Sluice</c> of <c>sluice serve</c>. What is not a property here is refused at start, so a room that reads a section of its own has its
/// line here.
/// </summary>
internal sealed class ServeSettings
{
    public const string Section = "Sluice";

    /// <summary>Where state, signing keys and embedded clusters are kept, unless they have a place of their own.</summary>
    public string DataDirectory { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sluice", "serve");

    /// <summary>What administrators configure. Null: <c>state.db</c> in <see cref="DataDirectory"/>.</summary>
    public string? StateFile { get; set; }

    /// <summary>The first administrator's key.</summary>
    public AdministratorSettings Administrator { get; set; } = new();

    /// <summary>How tokens for brokers are signed; needed by clusters with <c>BrokerIdentity</c> <c>Minted</c>.</summary>
    public SigningKeyRingOptions? TokenSigning { get; set; }

    /// <summary>Bound by its own room.</summary>
    public IdentityOptions? Identity { get; set; }

    /// <summary>Bound by its own room.</summary>
    public ControlOptions? ControlPlane { get; set; }

    /// <summary>Bound by its own room.</summary>
    public ProxyOptions? Proxies { get; set; }

    /// <summary>Bound by its own room.</summary>
    public ProduceSettings? Produce { get; set; }

    /// <summary>Bound by its own room.</summary>
    public SchemaRegistryOptions? SchemaRegistry { get; set; }

    /// <summary>Bound by its own room. Keys are kept in <see cref="DataDirectory"/> unless it says where.</summary>
    public StsOptions? Sts { get; set; }
}
