using System.CommandLine;
using Sluice.Cel;
using Sluice.Cli.Output;
using Sluice.Cli.Tokens;
using Spectre.Console;

namespace Sluice.Cli.Pools;

/// <summary><c>sluice pool test</c>: what a filter makes of claims, without a gateway.</summary>
internal sealed class PoolTestCommand(CommandIo io)
{
    private static readonly CelEnvironment Language = CelEnvironment.Standard.WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn));

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
        var compiled = Language.Compile(filter);
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
        var value = compiled.Program.Evaluate(claims);
        var json = OutputFormat.IsJson(parsed);
        if (json)
        {
            new ResultWriter(io, json).Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("match", value.IsTrue);
                writer.WriteString("value", value.ToString());
                writer.WriteEndObject();
            });
        }
        else
        {
            io.Console.Markup(value.IsTrue ? "[green]match[/]" : "[yellow]no match[/]");
            io.Out.WriteLine(value.IsTrue ? "" : $": {PrintableText.Of(value.ToString())}");
        }

        return value.IsTrue ? ExitCode.Ok : ExitCode.Failed;
    }
}
