using System.CommandLine;

namespace Sluice.Cli;

/// <summary><c>sluice completion</c>: what makes a shell complete commands and options. The words come from the command tree (<c>[suggest]</c>).</summary>
internal sealed class CompletionCommand(CommandIo io)
{
    private const string Bash = """
        _sluice_complete() {
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _sluice_complete sluice
        """;

    private const string Zsh = """
        #compdef sluice
        _sluice() {
          local -a words_found
          words_found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -- "${words_found[@]}"
        }
        compdef _sluice sluice
        """;

    private const string Fish = """
        complete -c sluice -f -a '(sluice "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName sluice -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          sluice "[suggest:$cursorPosition]" "$commandAst" | Where-Object { $_ -like "$wordToComplete*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private readonly Argument<string> _shell = new("shell") { Description = "Which shell." };

    public Command Create()
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Prints what makes a shell complete commands and options.") { _shell };
        command.SetAction(parsed =>
        {
            io.Out.WriteLine(parsed.GetRequiredValue(_shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell });
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("bash, in ~/.bashrc", "eval \"$(sluice completion bash)\""),
            ("zsh, in ~/.zshrc after compinit", "eval \"$(sluice completion zsh)\""),
            ("fish, in ~/.config/fish/config.fish", "sluice completion fish | source"),
            ("PowerShell, in $PROFILE", "sluice completion pwsh | Out-String | Invoke-Expression"));
    }
}
