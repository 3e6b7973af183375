namespace Sluice.Testing.Specs;

/// <summary>The OpenAPI files of a directory, each loaded when a path first asks for it.</summary>
public sealed class SpecLibrary
{
    private const string CloudPrefix = "/kafka/v3/";
    private const string ProxyPrefix = "/v3/";

    private readonly Lazy<SpecDocument> _cloud;
    private readonly Lazy<SpecDocument> _onPremises;
    private readonly Lazy<SpecDocument[]> _control;

    private SpecLibrary(string directory)
    {
        _cloud = new(() => Read("kafka-rest-v3-cloud"));
        _onPremises = new(() => Read("kafka-rest-v3-onprem"));
        _control = new(() => [.. Directory.GetFiles(directory, "*-v?.yaml").Select(static file => SpecDocument.LoadAsync(file).GetAwaiter().GetResult())]);

        SpecDocument Read(string name) => SpecDocument.LoadAsync(Path.Combine(directory, $"{name}.yaml")).GetAwaiter().GetResult();
    }

    public SpecDocument Cloud => _cloud.Value;

    public SpecDocument OnPremises => _onPremises.Value;

    public IReadOnlyList<SpecDocument> ControlPlane => _control.Value;

    public static SpecLibrary Load(string directory) => new(directory);

    /// <summary>
    /// The operation that serves a request, and its file. Kafka REST under either prefix is looked up in the Cloud's file, which is two years newer,
    /// then in the one for premises. Null when no file knows the request.
    /// </summary>
    public (SpecDocument Document, SpecRoute Route)? Find(string method, string path)
    {
        foreach (var prefix in (string[])[CloudPrefix, ProxyPrefix])
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return In(Cloud, method, CloudPrefix + path[prefix.Length..]) ?? In(OnPremises, method, path[(prefix.Length - 1)..]);
            }
        }

        return path.Split('/') is ["", "iam" or "org" or "cmk" or "sts", ..]
            ? ControlPlane.Select(document => In(document, method, path)).FirstOrDefault(static found => found is not null)
            : null;
    }

    /// <summary>Throws when the answer is not as its file says, deviations aside.</summary>
    /// <exception cref="SpecViolationException">With every violation.</exception>
    public void Check(SpecExchange exchange)
    {
        if (Find(exchange.Method, exchange.Path) is not var (document, route))
        {
            return;
        }

        var violations = SpecValidator.Validate(route, exchange)
            .Where(violation => !Deviations.All.Any(deviation => deviation.Covers(route, exchange, violation)))
            .ToList();
        if (violations.Count > 0)
        {
            throw new SpecViolationException(document.Name, route, exchange, violations);
        }
    }

    private static (SpecDocument, SpecRoute)? In(SpecDocument document, string method, string path) =>
        document.Find(method, path) is { } route ? (document, route) : null;
}
