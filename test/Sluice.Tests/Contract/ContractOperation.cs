namespace Sluice.Tests.Contract;

/// <summary>One operation of the OpenAPI files: a request that succeeds and one that fails.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Below the prefix, such as <c>/clusters/{cluster_id}/topics</c>.</param>
internal sealed record ContractOperation(string Method, string Template)
{
    /// <summary>Null: the gateway does not offer it, see <see cref="ContractTable"/>.</summary>
    public ContractCase? Success { get; private init; }

    public ContractCase? Failure { get; private init; }

    /// <summary>What is the same in every document, whatever it calls its parameters.</summary>
    public string Key => KeyOf(Method, Template);

    public static string KeyOf(string method, string template) =>
        method + " " + string.Join('/', template.Split('/').Select(static segment => Nameless(segment)));

    public ContractOperation Succeeds(int status, string? body = null, string query = "", params (string Name, string Value)[] with) =>
        this with { Success = new ContractCase(status, null, body, query, with) };

    public ContractOperation Fails(int status, int code, string? body = null, string query = "", string? accept = null, params (string Name, string Value)[] with) =>
        this with { Failure = new ContractCase(status, code, body, query, with) { Accept = accept } };

    /// <summary>Both requests name these in their paths.</summary>
    public ContractOperation With(params (string Name, string Value)[] with) =>
        this with { Success = Success! with { With = [.. with, .. Success.With] }, Failure = Failure! with { With = [.. with, .. Failure.With] } };

    /// <summary><c>{broker_id}:unregister</c> is <c>{}:unregister</c>.</summary>
    private static string Nameless(string segment)
    {
        var (start, end) = (segment.IndexOf('{', StringComparison.Ordinal), segment.IndexOf('}', StringComparison.Ordinal));
        return start < 0 ? segment : string.Concat(segment.AsSpan(0, start), "{}", segment.AsSpan(end + 1));
    }
}

/// <summary>A request, with the answer it must have.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ErrorCode">Of an error's body.</param>
/// <param name="Body">JSON; <c>$name</c> stands for a value of the <see cref="ContractWorld"/>.</param>
/// <param name="Query">From the question mark on.</param>
/// <param name="With">Values of path parameters other than the world's; they too may be <c>$name</c>. A later one wins.</param>
internal sealed record ContractCase(int Status, int? ErrorCode, string? Body, string Query, IReadOnlyList<(string Name, string Value)> With)
{
    public string? Accept { get; init; }
}
