using Sluice.Cli;

namespace Sluice.Tests.Cli;

/// <summary>A person who gives prepared answers, and remembers what was asked.</summary>
internal sealed class ScriptedAnswers(params string[] answers) : IQuestions
{
    private readonly Queue<string> _answers = new(answers);

    public List<string> Asked { get; } = [];

    public string Ask(string question, string? fallback = null)
    {
        Asked.Add(question);
        return _answers.Dequeue() is { Length: > 0 } answer ? answer : fallback ?? "";
    }

    public string AskSecret(string question)
    {
        Asked.Add($"{question} (secret)");
        return _answers.Dequeue();
    }

    public bool Confirm(string question)
    {
        Asked.Add(question);
        return _answers.Dequeue() == "y";
    }
}
