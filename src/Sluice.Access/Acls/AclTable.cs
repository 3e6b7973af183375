using System.Net;
using Sluice.Kafka.Acls;

namespace Sluice.Access.Acls;

/// <summary>A cluster's ACLs, arranged for decisions (Kafka's rules, <c>StandardAuthorizerData</c>).</summary>
internal sealed class AclTable
{
    /// <summary>Everyone.</summary>
    public const string Everyone = "User:*";

    private const string Wildcard = "*";

    private readonly Dictionary<AclResourceType, PatternIndex<Dictionary<string, List<Entry>>>> _types = [];
    private readonly HashSet<string> _allowed = new(StringComparer.Ordinal);

    public AclTable(IEnumerable<AclBinding> acls)
    {
        foreach (var acl in acls)
        {
            Add(acl);
        }
    }

    /// <summary>Some ACL allows the principal something, wherever it may be from.</summary>
    public bool AllowsSomething(string principal) => _allowed.Contains(principal) || _allowed.Contains(Everyone);

    /// <summary>Looks for an ACL that denies, and failing that for one that allows.</summary>
    /// <returns>The ACL that decides, or null when none says anything.</returns>
    public AclBinding? Find(AccessCaller caller, in AccessNeed need)
    {
        if (!_types.TryGetValue(need.ResourceType, out var index))
        {
            return null;
        }

        AclBinding? allows = null;
        var at = 0;
        while (index.TryNext(need.ResourceName, ref at, out var byPrincipal))
        {
            for (var i = -1; i < caller.Principals.Count; i++)
            {
                if (!byPrincipal.TryGetValue(i < 0 ? Everyone : caller.Principals[i], out var entries))
                {
                    continue;
                }

                foreach (var entry in entries)
                {
                    if (!entry.IsAbout(caller.Address, need.Operation))
                    {
                        continue;
                    }

                    if (entry.Acl.Permission == AclPermission.Deny)
                    {
                        return entry.Acl;
                    }

                    allows ??= entry.Acl;
                }
            }
        }

        return allows;
    }

    /// <summary>Some ACL for one host is about this: the answer may be another from another address.</summary>
    public bool DependsOnAddress(AccessCaller caller, in AccessNeed need)
    {
        if (!_types.TryGetValue(need.ResourceType, out var index))
        {
            return false;
        }

        var operation = need.Operation;
        var at = 0;
        while (index.TryNext(need.ResourceName, ref at, out var byPrincipal))
        {
            if (caller.Principals.Append(Everyone).Any(
                principal => byPrincipal.TryGetValue(principal, out var entries) && entries.Exists(entry => entry.Host is not null && entry.Operations.Contains(operation))))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(AclBinding acl)
    {
        if (!_types.TryGetValue(acl.ResourceType, out var index))
        {
            _types.Add(acl.ResourceType, index = new());
        }

        var byPrincipal = acl.PatternType == AclPatternType.Prefixed ? index.ForPrefix(acl.ResourceName)
            : acl.ResourceName == Wildcard ? index.ForAll()
            : index.ForName(acl.ResourceName);
        if (!byPrincipal.TryGetValue(acl.Principal, out var entries))
        {
            byPrincipal.Add(acl.Principal, entries = []);
        }

        entries.Add(Entry.Of(acl));
        if (acl.Permission == AclPermission.Allow)
        {
            _allowed.Add(acl.Principal);
        }
    }

    /// <param name="Acl">As it is stored.</param>
    /// <param name="Operations">What it allows, or denies.</param>
    /// <param name="Host">Null: from everywhere.</param>
    private sealed record Entry(AclBinding Acl, Operations Operations, IPAddress? Host)
    {
        public static Entry Of(AclBinding acl)
        {
            var operations = Access.Operations.Of(acl.Operation);
            return new Entry(
                acl,
                acl.Permission == AclPermission.Allow ? operations.WithImplied() : operations.Contains(AclOperation.All) ? Access.Operations.All : operations,

                // A host that is no address is nobody's.
                acl.Host == Wildcard ? null : IPAddress.TryParse(acl.Host, out var host) ? host : IPAddress.None);
        }

        /// <remarks>Where nobody knows where the caller is, what is denied from some place is denied.</remarks>
        public bool IsAbout(IPAddress? address, AclOperation operation) => Operations.Contains(operation)
            && (Host is null || (address is null ? Acl.Permission == AclPermission.Deny : Host.Equals(address)));
    }
}
