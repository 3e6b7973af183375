using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Sluice.Sts;

/// <summary>Section <c>Sluice:Sts</c>: tokens that this gateway signs itself.</summary>
internal sealed class StsOptions
{
    public const string Section = "Sluice:Sts";

    /// <summary>Longest life of an exchanged token, which is also its life when the client names none. Confluent Cloud's is 900 s.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:15:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(900);

    /// <summary>How long a login of the Confluent CLI lasts; the gateway's restart ends it too.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A key signs for this long; the next one is published two hours before it signs.</summary>
    [Range(typeof(TimeSpan), "03:00:00", "365.00:00:00")]
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Directory for the private keys, readable by the owner only. Null: in memory, so tokens end with the process. Gateways that share one know each
    /// other's tokens.
    /// </summary>
    public string? KeyDirectory { get; set; }
}

[OptionsValidator]
internal sealed partial class StsOptionsValidator : IValidateOptions<StsOptions>;
