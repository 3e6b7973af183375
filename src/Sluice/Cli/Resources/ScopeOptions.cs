using System.CommandLine;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary>Says where a role is bound, in ids and names instead of a whole CRN.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string?> _crn = new("--crn") { Description = "The scope as a CRN pattern: crn://…", HelpName = "CRN" };
    private readonly Option<bool> _organization = new("--organization") { Description = "Everything." };
    private readonly Option<string?> _environment = new("--environment") { Description = "An environment.", HelpName = "ID" };
    private readonly Option<string?> _cluster = new("--cluster") { Description = "A cluster, or the resource in it that the next options name.", HelpName = "ID" };
    private readonly Option<string?> _topic = new("--topic") { Description = "A topic of the cluster; orders-* is every one that begins so.", HelpName = "NAME" };
    private readonly Option<string?> _group = new("--group") { Description = "A consumer group of the cluster.", HelpName = "NAME" };
    private readonly Option<string?> _transactionalId = new("--transactional-id") { Description = "A transactional id of the cluster.", HelpName = "NAME" };

    public IEnumerable<Option> All => [_cluster, _topic, _group, _transactionalId, _environment, _organization, _crn];

    /// <returns>The CRN pattern; null when nothing was said.</returns>
    /// <exception cref="CommandFailure">What was said does not go together, or names what does not exist.</exception>
    public async Task<string?> FindAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var places = new[] { parsed.GetValue(_crn), parsed.GetValue(_environment), parsed.GetValue(_cluster), parsed.GetValue(_organization) ? "" : null };
        var inCluster = new (string Type, string? Name)[]
        {
            ("topic", parsed.GetValue(_topic)), ("group", parsed.GetValue(_group)), ("transactional-id", parsed.GetValue(_transactionalId)),
        }.Where(r => r.Name is not null).ToArray();
        if (places.Count(p => p is not null) > 1)
        {
            throw CommandFailure.Usage("Only one of --crn, --organization, --environment and --cluster can be the scope.");
        }

        if (inCluster.Length > 1 || (inCluster.Length == 1 && parsed.GetValue(_cluster) is null))
        {
            throw CommandFailure.Usage("One of --topic, --group and --transactional-id goes with --cluster.");
        }

        if (parsed.GetValue(_organization))
        {
            return await OrganizationAsync(client, cancellationToken);
        }

        if (parsed.GetValue(_environment) is { } environment)
        {
            return JsonPointer.Text(await client.GetAsync($"/org/v2/environments/{Uri.EscapeDataString(environment)}", cancellationToken), "/metadata/resource_name");
        }

        if (parsed.GetValue(_cluster) is { } cluster)
        {
            // …/cloud-cluster=lkc-1/kafka=lkc-1: roles for the whole cluster are bound at its first half.
            var crn = JsonPointer.Text(await client.GetAsync($"/cmk/v2/clusters/{Uri.EscapeDataString(cluster)}", cancellationToken), "/metadata/resource_name");
            return inCluster is [var (type, name)] ? $"{crn}/{type}={Encode(name!)}" : crn[..crn.LastIndexOf("/kafka=", StringComparison.Ordinal)];
        }

        return parsed.GetValue(_crn);
    }

    /// <summary>The CRN that every other begins with.</summary>
    public static async Task<string> OrganizationAsync(ControlClient client, CancellationToken cancellationToken)
    {
        await foreach (var environment in client.ListAsync("/org/v2/environments", [], cancellationToken))
        {
            var crn = JsonPointer.Text(environment, "/metadata/resource_name");
            if (crn.LastIndexOf("/environment=", StringComparison.Ordinal) is > 0 and var end)
            {
                return crn[..end];
            }
        }

        throw new CommandFailure("The gateway has no environment to tell the organization's id.", "Give the whole scope with --crn.");
    }

    // Only a star at the end is a pattern; it stays as it is.
    private static string Encode(string name) =>
        name.EndsWith('*') ? Uri.EscapeDataString(name[..^1]) + "*" : Uri.EscapeDataString(name);
}
