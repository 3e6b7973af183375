namespace Sluice.Serve;

/// <summary>The command line of <c>sluice serve</c>.</summary>
internal sealed record ServeArguments
{
    /// <summary>Settings such as <c>--Clusters:0:ClusterId=lkc-orders</c>: they win over files and environment.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>A JSON file on top of <c>appsettings.json</c>.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Where <c>appsettings.json</c> is looked for. Null: the current directory.</summary>
    public string? ContentRoot { get; init; }

    /// <summary>Only look whether the settings make sense.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>Hears of what makes sense and is likely a mistake.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
