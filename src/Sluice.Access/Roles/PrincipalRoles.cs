using Sluice.Access.Crn;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access.Roles;

/// <summary>What one principal's role bindings allow on one cluster.</summary>
internal sealed class PrincipalRoles
{
    private readonly List<(Role Role, RoleBinding Binding)> _everywhere = [];
    private readonly Dictionary<AclResourceType, PatternIndex<List<(Operations Operations, RoleBinding Binding)>>> _resources = [];

    public static PrincipalRoles None { get; } = new([], null!);

    /// <param name="bindings">The principal's.</param>
    /// <param name="scope">The cluster.</param>
    public PrincipalRoles(IEnumerable<RoleBinding> bindings, KafkaScope scope)
    {
        foreach (var binding in bindings)
        {
            // Bindings from before there was a check may have patterns that mean nothing.
            if (RoleTable.Find(binding.RoleName) is { } role && CrnPattern.TryParse(binding.CrnPattern, out var pattern, out _)
                && scope.TryReach(pattern, out var reach))
            {
                Add(role, binding, reach);
            }
        }
    }

    /// <summary>There is nothing here that these bindings allow.</summary>
    public bool IsEmpty => _everywhere.Count == 0 && _resources.Count == 0;

    /// <returns>The first binding that allows it, or null.</returns>
    public RoleBinding? Find(in AccessNeed need)
    {
        foreach (var (role, binding) in _everywhere)
        {
            if (role.On(need.ResourceType).Contains(need.Operation))
            {
                return binding;
            }
        }

        if (!_resources.TryGetValue(need.ResourceType, out var index))
        {
            return null;
        }

        var at = 0;
        while (index.TryNext(need.ResourceName, ref at, out var grants))
        {
            foreach (var (operations, binding) in grants)
            {
                if (operations.Contains(need.Operation))
                {
                    return binding;
                }
            }
        }

        return null;
    }

    private void Add(Role role, RoleBinding binding, Reach reach)
    {
        if (reach.ResourceType is not { } type)
        {
            // MetricsViewer and its like: nothing in Kafka.
            if (role.IsAboutKafka)
            {
                _everywhere.Add((role, binding));
            }
        }
        else if (role.On(type) is var operations && operations != Operations.None)
        {
            if (!_resources.TryGetValue(type, out var index))
            {
                _resources.Add(type, index = new());
            }

            var grants = !reach.IsPrefix ? index.ForName(reach.Name) : reach.Name.Length == 0 ? index.ForAll() : index.ForPrefix(reach.Name);
            grants.Add((operations, binding));
        }
    }
}
