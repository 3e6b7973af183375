namespace Sluice.Cli;

/// <summary>A person at a terminal who can be asked.</summary>
internal interface IQuestions
{
    /// <summary>Asks for a line; an empty answer gives <paramref name="fallback"/> when there is one.</summary>
    string Ask(string question, string? fallback = null);

    /// <summary>Asks for a line that the terminal does not show.</summary>
    string AskSecret(string question);

    /// <summary>Asks for yes or no; no when nothing is answered.</summary>
    bool Confirm(string question);
}
