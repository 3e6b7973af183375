using Spectre.Console;

namespace Sluice.Cli;

/// <summary>Asks on standard error, so that standard output keeps to what the command gives.</summary>
internal sealed class TerminalQuestions(IAnsiConsole console) : IQuestions
{
    public string Ask(string question, string? fallback)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question) + ":") { AllowEmpty = false };
        return console.Prompt(fallback is null ? prompt : prompt.DefaultValue(fallback)).Trim();
    }

    public string AskSecret(string question) => console.Prompt(new TextPrompt<string>(Markup.Escape(question) + ":").Secret(null));

    public bool Confirm(string question) => console.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false });
}
