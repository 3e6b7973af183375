using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Configs;

namespace Sluice.Rest.V3.Configs;

/// <summary>What can be done with the configs of anything that has some.</summary>
internal static class ConfigAnswers
{
    private const string EmptyText = "Null input provided. Data is required.";

    public static async Task<IResult> ListAsync(ClusterRequest request, ConfigOwner owner, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(request, owner, cancellationToken);
        return found.TryGet(out var entries, out var error)
            ? V3Answers.Ok(
                ListBody<ConfigBody>.Of(owner.Kind + "List", owner.Self, [.. entries.Select(e => ConfigBody.From(e, owner))]),
                WireJson.Default.ListBodyConfigBody)
            : V3Answers.Error(error);
    }

    public static async Task<IResult> GetAsync(ClusterRequest request, ConfigOwner owner, string name, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(request, owner, cancellationToken);
        if (!found.TryGet(out var entries, out var error))
        {
            return V3Answers.Error(error);
        }

        return entries.FirstOrDefault(e => e.Name == name) is { } entry
            ? V3Answers.Ok(ConfigBody.From(entry, owner), WireJson.Default.ConfigBody)
            : V3Answers.Error(NotFound(name, owner));
    }

    /// <summary><c>PUT …/{name}</c> with <c>{"value": string or null}</c>.</summary>
    public static async Task<IResult> SetAsync(
        HttpContext context, ClusterRequest request, ConfigOwner owner, string name, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, EmptyText);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var fields = new BodyFields(body);
        var value = fields.OptionalString("value");
        error = fields.Finish();
        return error.IsNone
            ? await AlterAsync(request, owner, [new ConfigChange(name, ConfigChangeKind.Set, value)], validateOnly: false, cancellationToken)
            : V3Answers.Error(error);
    }

    /// <summary><c>DELETE …/{name}</c>: back to the default.</summary>
    public static Task<IResult> ResetAsync(ClusterRequest request, ConfigOwner owner, string name, CancellationToken cancellationToken) =>
        AlterAsync(request, owner, [new ConfigChange(name, ConfigChangeKind.Delete, null)], validateOnly: false, cancellationToken, mustExist: true);

    /// <summary><c>POST …:alter</c>.</summary>
    public static async Task<IResult> AlterAsync(
        HttpContext context, ClusterRequest request, ConfigOwner owner, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, EmptyText);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        (var changes, var validateOnly, error) = AlterConfigsBody.Read(body);
        return error.IsNone ? await AlterAsync(request, owner, changes, validateOnly, cancellationToken) : V3Answers.Error(error);
    }

    public static GatewayError NotFound(string name, ConfigOwner owner) =>
        new(404, 404, $"Config {name} cannot be found for {owner.Described} in cluster {owner.ClusterId}.");

    /// <summary>The first config that the owner does not have.</summary>
    public static GatewayError CheckKnown(IReadOnlyList<ConfigEntry> entries, IReadOnlyList<ConfigChange> changes, ConfigOwner owner)
    {
        var known = entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return changes.FirstOrDefault(c => !known.Contains(c.Name)) is { } unknown ? NotFound(unknown.Name, owner) : default;
    }

    /// <param name="request">Where.</param>
    /// <param name="owner">Of what.</param>
    /// <param name="changes">All of them, or none.</param>
    /// <param name="validateOnly">Check only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="mustExist">For cluster-wide configs, whose list holds only what is set: refuse what is not set.</param>
    private static async Task<IResult> AlterAsync(
        ClusterRequest request,
        ConfigOwner owner,
        IReadOnlyList<ConfigChange> changes,
        bool validateOnly,
        CancellationToken cancellationToken,
        bool mustExist = false)
    {
        if (mustExist || owner.ConfigType is null)
        {
            var found = await DescribeAsync(request, owner, cancellationToken);
            if (!found.TryGet(out var entries, out var missing))
            {
                return V3Answers.Error(missing);
            }

            var unknown = CheckKnown(entries, changes, owner);
            if (!unknown.IsNone)
            {
                return V3Answers.Error(unknown);
            }
        }

        if (changes.Count == 0)
        {
            return TypedResults.NoContent();
        }

        var done = (await request.Cluster.AlterConfigsAsync([new ConfigAlteration(owner.Resource, changes)], validateOnly, cancellationToken))[0];
        return done.TryGet(out _, out var error) ? TypedResults.NoContent() : V3Answers.Error(error);
    }

    private static async Task<KafkaResult<IReadOnlyList<ConfigEntry>>> DescribeAsync(
        ClusterRequest request, ConfigOwner owner, CancellationToken cancellationToken) =>
        (await request.Cluster.DescribeConfigsAsync([owner.Resource], cancellationToken))[0];
}
