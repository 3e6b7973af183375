using System.CommandLine;
using System.Text.Json;
using Sluice.Cel;
using Sluice.Cli.Output;
using Sluice.Cli.Tokens;
using Sluice.Iam.V2;
using Sluice.Identity;
using Sluice.Identity.Pools;
using Sluice.Identity.Rules;
using Sluice.State;

namespace Sluice.Cli.Pools;

/// <summary><c>sluice pool test</c>: what a filter makes of claims, without a gateway.</summary>
internal sealed class PoolTestCommand(CommandIo io)
{
    private readonly Option<string> _filter = new("--filter") { Description = "The filter to try.", HelpName = "CEL", Required = true };
    private readonly Option<string?> _claims = new("--claims") { Description = "JSON file with a token's claims; - is standard input.", HelpName = "FILE" };
    private readonly Option<string?> _token = new("--token")
    {
        Description = $"Take the claims of this token, unverified; without a value, of the one in {TokenInput.Variable} or on standard input.",
        HelpName = "TOKEN",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Command Create()
    {
        var command = new Command("test", "Tries a filter on claims, without a gateway. Ends with 0 for a match, 1 for none, 2 for a filter that does not compile.")
        {
            _filter, _claims, _token,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_claims) is null == result.GetResult(_token) is null)
            {
                result.AddError("Give --claims FILE, or --token.");
            }
        });
        command.SetAction(Run);
        return command.WithExamples(
            ("claims from a file", """sluice pool test --filter 'claims.aud == "kafka" && "write" in claims.scp' --claims claims.json"""),
            ("claims from a fresh token", """sluice token fetch … | sluice pool test --filter 'has(claims.sub)' --token"""));
    }

    private int Run(ParseResult parsed)
    {
        var filter = parsed.GetRequiredValue(_filter);
        var compiled = FilterLanguage.Environment.Compile(filter);
        if (!compiled.IsSuccess)
        {
            throw CommandFailure.Usage($"The filter does not compile.\n{compiled.Render()}");
        }

        var type = compiled.Program.ResultType;
        if (!type.Equals(CelType.Bool) && !type.Equals(CelType.Dyn))
        {
            throw CommandFailure.Usage($"The filter must be true or false; this one is of type {type}.");
        }

        var claims = parsed.GetValue(_claims) is { } file ? ClaimsInput.FromFile(io, file) : ClaimsInput.FromToken(TokenInput.Read(io, parsed.GetValue(_token)));
        var trace = compiled.Program.Trace(claims);
        var warnings = CelLint.Check(compiled.Program, new CelLintOptions { IsSharedIssuer = IsShared(claims) });
        if (OutputFormat.IsJson(parsed))
        {
            new ResultWriter(io, json: true).Json(writer => FilterReport.Write(writer, trace, warnings));
        }
        else
        {
            new FilterReport(io).Write(trace);
            foreach (var warning in warnings)
            {
                io.Warn(warning.Render());
            }
        }

        if (filter.EnumerateRunes().Count() > Limits.Filter)
        {
            io.Warn($"The filter has {filter.EnumerateRunes().Count()} characters; a pool takes at most {Limits.Filter}.");
        }

        return trace.Result.IsTrue ? ExitCode.Ok : ExitCode.Failed;
    }

    // Under such an issuer the gateway refuses a filter that leaves sub and aud open; its own list may differ from the usual one.
    private static bool IsShared(JsonElement claims) =>
        JsonPointer.Text(claims, "/iss") is { Length: > 0 } issuer
        && FilterRules.IsShared(new IdentityProvider("", "", "", issuer, ""), new IdentityOptions());
}
