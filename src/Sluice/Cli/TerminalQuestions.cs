using Spectre.Console;

namespace Sluice.Cli;

/// <summary>Asks on standard error, so that standard output keeps to what the command gives.</summary>
internal sealed class TerminalQuestions(IAnsiConsole console) : IQuestions
{
    public string Ask(string question, string? fallback = null)
    {
        // The library puts a colon after a default value, and only there.
        var prompt = fallback is null
            ? new TextPrompt<string>($"{Markup.Escape(question)}:")
            : new TextPrompt<string>(Markup.Escape(question)).DefaultValue(fallback);
        return console.Prompt(prompt).Trim();
    }

    public string AskSecret(string question) => console.Prompt(new TextPrompt<string>(Markup.Escape(question) + ":").Secret(null));

    public bool Confirm(string question) => console.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false });
}
