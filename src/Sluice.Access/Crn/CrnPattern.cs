using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Access.Crn;

/// <summary>
/// What a role binding holds for: <c>crn://authority/type=name/type=name…</c>, outer to inner. A <c>*</c> at the very end makes the last name a prefix.
/// </summary>
public sealed partial class CrnPattern
{
    private const string Scheme = "crn://";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Outer before inner. What this gateway has no such thing for is understood all the same: configurations written for the Cloud name it.
    private static readonly string[] Order =
    [
        "organization", "environment", "identity-provider", "identity-pool", "service-account", "cloud-cluster", "kafka", "schema-registry", "ksql",
        "connector", "flink-region", "compute-pool", "topic", "group", "transactional-id", "cluster-link", "subject", "kek", "statement",
    ];

    private readonly string _text;
    private readonly CrnPart[] _parts;

    private CrnPattern(string text, string authority, CrnPart[] parts, bool isPrefix)
    {
        (_text, Authority, _parts, IsPrefix) = (text, authority, parts, isPrefix);
        Kind = FindKind();
    }

    /// <summary>Such as <c>confluent.cloud</c>.</summary>
    public string Authority { get; }

    /// <summary>Outer to inner; at least one.</summary>
    public IReadOnlyList<CrnPart> Parts => _parts;

    /// <summary>The last name stands for all that begin with it.</summary>
    public bool IsPrefix { get; }

    /// <summary>As it was given.</summary>
    public override string ToString() => _text;

    /// <param name="text">As it was given.</param>
    /// <param name="pattern">Its parts.</param>
    /// <param name="problem">A sentence: what is wrong and how it should be.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CrnPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text.Length == Scheme.Length)
        {
            problem = "crn_pattern must be crn://<authority>/<type>=<name>, with further /<type>=<name> for what is inside.";
            return false;
        }

        var isPrefix = text.EndsWith('*');
        var pieces = (isPrefix ? text[..^1] : text)[Scheme.Length..].Split('/');
        if (pieces.Length < 2 || pieces[0].Length == 0)
        {
            problem = "crn_pattern must have at least one /<type>=<name> behind crn://<authority>.";
            return false;
        }

        var parts = new CrnPart[pieces.Length - 1];
        var last = -1;
        for (var i = 0; i < parts.Length; i++)
        {
            var (type, equals, name) = (pieces[i + 1], pieces[i + 1].IndexOf('=', StringComparison.Ordinal), "");
            (type, name) = equals < 0 ? (type, "") : (type[..equals], type[(equals + 1)..]);
            var order = Array.IndexOf(Order, type);
            var mayBeEmpty = isPrefix && i == parts.Length - 1;
            problem = equals < 0 ? $"crn_pattern has '{type}' where <type>=<name> should be."
                : order < 0 ? $"crn_pattern has the type '{type}', which there is not. Types are {string.Join(", ", Order)}."
                : order <= last ? $"crn_pattern has {type} in the wrong place or twice: types go from the outside to the inside, {string.Join(", ", Order)}."
                : name.Length == 0 && !mayBeEmpty ? $"crn_pattern names no {type}."
                : name.Contains('*', StringComparison.Ordinal) ? "crn_pattern may have a * only as its very last character; a star that belongs to a name is written %2A."
                : !TryDecode(name, out name) ? $"crn_pattern has something behind {type}= that is not percent-encoded UTF-8."
                : null;
            if (problem is not null)
            {
                return false;
            }

            parts[i] = new CrnPart(type, name!);
            last = order;
        }

        pattern = new CrnPattern(text, pieces[0], parts, isPrefix);
        problem = null;
        return true;
    }

    private static bool TryDecode(string encoded, [NotNullWhen(true)] out string? name)
    {
        name = encoded;
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new List<byte>(encoded.Length);
        for (var at = 0; at < encoded.Length;)
        {
            if (encoded[at] != '%')
            {
                var end = encoded.IndexOf('%', at);
                bytes.AddRange(Encoding.UTF8.GetBytes(encoded[at..(end < 0 ? encoded.Length : end)]));
                at = end < 0 ? encoded.Length : end;
            }
            else if (at + 2 < encoded.Length && byte.TryParse(encoded.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                at += 3;
            }
            else
            {
                return false;
            }
        }

        try
        {
            name = Strict.GetString(CollectionsMarshal.AsSpan(bytes));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

/// <summary>One pair of a resource name.</summary>
/// <param name="Type">Lower case with dashes, such as <c>transactional-id</c>.</param>
/// <param name="Name">Decoded.</param>
public readonly record struct CrnPart(string Type, string Name);
