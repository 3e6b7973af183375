using System.Text.Json;
using Sluice.Cel;
using Sluice.Cli.Output;
using Spectre.Console;

namespace Sluice.Cli.Pools;

/// <summary>Shows what a filter made of claims: the verdict, and every sub-expression with its value.</summary>
internal sealed class FilterReport(CommandIo io)
{
    /// <summary>For people: a line for each sub-expression, indented by depth.</summary>
    public void Write(CelTrace trace)
    {
        var match = trace.Result.IsTrue;
        io.Console.Markup(match ? "[bold green]match[/]" : "[bold yellow]no match[/]");
        io.Out.WriteLine(match ? "" : trace.Result.IsError ? $": {Text(trace.Root)} (an error counts as no match)" : $": {Text(trace.Root)}");
        Line(trace.Root, 1);
        if (!trace.IsComplete)
        {
            io.Note("The evaluation had more steps than a trace keeps.");
        }
    }

    /// <summary>For programs.</summary>
    public static void Write(Utf8JsonWriter writer, CelTrace trace, IReadOnlyList<CelIssue> warnings)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("match", trace.Result.IsTrue);
        writer.WriteString("value", Text(trace.Root));
        writer.WriteNumber("cost", trace.Cost);
        writer.WriteBoolean("complete", trace.IsComplete);
        writer.WritePropertyName("trace");
        Write(writer, trace.Root);
        writer.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", warning.Rule);
            writer.WriteNumber("line", warning.Line);
            writer.WriteNumber("column", warning.Column);
            writer.WriteString("message", warning.Message);
            if (warning.Hint is { } hint)
            {
                writer.WriteString("hint", hint);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CelTraceStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("expression", step.Text);
        writer.WriteNumber("line", step.Line);
        writer.WriteNumber("column", step.Column);
        writer.WriteBoolean("evaluated", step.IsEvaluated);
        if (step.IsEvaluated)
        {
            writer.WriteString("value", Text(step));
        }

        writer.WriteStartArray("parts");
        foreach (var child in step.Children)
        {
            Write(writer, child);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Text(CelTraceStep step) => step.IsEvaluated ? step.Value.ToString() : "not evaluated";

    // Expressions and values go straight to the writer: wrapped they could not be copied, and a claim's text is no markup.
    private void Line(CelTraceStep step, int depth)
    {
        io.Out.Write($"{new string(' ', depth * 2)}{PrintableText.Of(step.Text.ReplaceLineEndings(" "))}");
        var colour = !step.IsEvaluated ? "grey" : step.Value.IsError ? "red" : step.Value.IsTrue ? "green" : step.Value.Kind == CelKind.Bool ? "yellow" : "default";
        io.Console.Markup($" [{colour}]=[/] ");
        io.Out.WriteLine(PrintableText.Of(Text(step)));
        foreach (var child in step.Children)
        {
            Line(child, depth + 1);
        }
    }
}
