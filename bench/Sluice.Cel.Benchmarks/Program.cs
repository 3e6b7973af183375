using System.Globalization;
using System.Text.Json;
using Sluice.Cel;
using Sluice.Cel.Benchmarks;

// dotnet run -c Release --project bench/Sluice.Cel.Benchmarks
// Filters against the same predicate by hand over the same claims, in one run; exit code 1 when a limit is missed.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var claims = JsonDocument.Parse(
    """
    {"iss":"https://idp.example/realms/main","sub":"system:serviceaccount:payments:billing","aud":"x","azp":"billing","exp":1800000000,"iat":1799990000,
     "jti":"6f1c2b7e","scp":["read","z","y"],"groups":["dev","ops","qa","analytics"],"email":"billing@example.com","tid":"7d8e"}
    """).RootElement;
var language = CelEnvironment.Standard.WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn)).WithLimits(CelLimits.Filter);
var missed = false;

Console.WriteLine($"{"filter",-78} {"CEL ns",8} {"bytes",6} {"C# ns",8} {"bytes",6} {"ratio",6} {"limit",6}");
Compare("""claims.aud == "x" && "y" in claims.scp""", 3, () => ByHand.AudienceAndScope(claims));
Compare("""claims.iss == "https://idp.example/realms/main" && claims.sub.startsWith("system:")""", 3, () => ByHand.IssuerAndSubject(claims));
Compare("""claims.groups.exists(g, g == "analytics")""", 5, () => ByHand.Groups(claims));

const string Long =
    """claims.iss == "https://idp.example/realms/main" && (claims.aud == "kafka" || "kafka" in claims.aud) && claims.sub.startsWith("system:serviceaccount:payments:") && claims.groups.exists(g, g == "analytics" || g == "ops") && has(claims.tid) && claims.tid in ["7d8e", "9f0a"] && claims.exp > 1700000000""";
var padded = $"{Long}{new string(' ', 300 - Long.Length)}";
var (compile, compileBytes) = Measure.Run(() => language.Compile(padded).IsSuccess, 200);
missed |= compile > 200_000;
Console.WriteLine($"compile a filter of {padded.Length} characters: {compile / 1000:F1} µs, {compileBytes:F0} bytes (limit 200 µs)");
Console.WriteLine(missed ? "a limit is missed" : "all limits are kept");
return missed ? 1 : 0;

void Compare(string filter, double limit, Func<bool> byHand)
{
    var program = language.Compile(filter).Program!;
    if (!program.IsTrue(claims) || !byHand())
    {
        throw new InvalidOperationException($"{filter} must be true of the claims.");
    }

    var (cel, hand) = Measure.RunBoth(() => program.IsTrue(claims), byHand, 50_000);
    var ratio = cel.Nanoseconds / hand.Nanoseconds;
    missed |= ratio > limit || cel.Bytes > 0;
    Console.WriteLine(
        $"{filter,-78} {cel.Nanoseconds,8:F1} {cel.Bytes,6:F1} {hand.Nanoseconds,8:F1} {hand.Bytes,6:F1} {ratio,6:F2} {limit,6:F1}");
}
