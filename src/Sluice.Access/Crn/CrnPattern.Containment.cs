namespace Sluice.Access.Crn;

public sealed partial class CrnPattern
{
    /// <summary>What it is about.</summary>
    public ScopeKind Kind { get; }

    /// <summary>
    /// Whether this pattern holds for everything that <paramref name="other"/> holds for. Both are sets of demands on names, one for each type that they name, so
    /// <paramref name="other"/> must demand at least as much of each type as this one does. What a pattern does not name it does not demand: leaving a part out
    /// makes it wider.
    /// </summary>
    /// <remarks>Names are compared as they are once decoded. A pattern that is about nothing contains nothing and is contained in nothing.</remarks>
    public bool Contains(CrnPattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Kind == ScopeKind.None || other.Kind == ScopeKind.None || Authority != other.Authority)
        {
            return false;
        }

        foreach (var (type, _) in _parts)
        {
            var (mine, isPrefix) = DemandOn(type).GetValueOrDefault();
            if (other.DemandOn(type) is not var (theirs, theirsIsPrefix)
                || !(isPrefix ? theirs.StartsWith(mine, StringComparison.Ordinal) : theirs == mine && !theirsIsPrefix))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The pattern's text down to its part of this kind; null when it has none.</summary>
    public string? DownTo(ScopeKind kind)
    {
        var last = Array.FindLastIndex(_parts, part => KindOf(part.Type) == kind);

        // Scheme and authority are three pieces: crn:, nothing, authority.
        return last < 0 ? null : string.Join('/', _text.Split('/').Take(3 + last + 1));
    }

    /// <summary>What the names of a type must be; null: anything.</summary>
    private (string Name, bool IsPrefix)? DemandOn(string type)
    {
        // A cluster's two names are one: where both are, the first is exact and the second says the same (FindKind).
        var index = Array.FindIndex(_parts, part => KindOf(type) == ScopeKind.Cluster ? KindOf(part.Type) == ScopeKind.Cluster : part.Type == type);
        return index < 0 ? null : (_parts[index].Name, IsPrefix && index == _parts.Length - 1);
    }

    private ScopeKind FindKind()
    {
        var kind = KindOf(_parts[^1].Type);
        var clusters = _parts.Where(part => KindOf(part.Type) == ScopeKind.Cluster).ToArray();
        if (clusters is [var cloud, var kafka] && !(kafka == _parts[^1] && IsPrefix ? cloud.Name.StartsWith(kafka.Name, StringComparison.Ordinal) : cloud.Name == kafka.Name))
        {
            return ScopeKind.None;
        }

        return kind == ScopeKind.Elsewhere ? kind
            : !_parts[..^1].All(part => KindOf(part.Type) is ScopeKind.Organization or ScopeKind.Environment or ScopeKind.Cluster) ? ScopeKind.None
            : kind >= ScopeKind.Topic && _parts is not [.., ("kafka", _), _] ? ScopeKind.None
            : kind;
    }

    private static ScopeKind KindOf(string type) => type switch
    {
        "organization" => ScopeKind.Organization,
        "environment" => ScopeKind.Environment,
        "cloud-cluster" or "kafka" => ScopeKind.Cluster,
        "topic" => ScopeKind.Topic,
        "group" => ScopeKind.Group,
        "transactional-id" => ScopeKind.TransactionalId,
        _ => ScopeKind.Elsewhere,
    };
}
