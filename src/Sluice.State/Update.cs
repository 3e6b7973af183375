namespace Sluice.State;

/// <summary>What a decision over the newest state came to.</summary>
/// <param name="Answer">What to tell whoever asked, from the state as it is after the changes.</param>
/// <param name="Changes">What to write, all or nothing; empty when nothing is to change.</param>
public readonly record struct Update<T>(Func<GatewayState, T> Answer, IReadOnlyList<Change> Changes);

/// <summary>Makes <see cref="Update{T}"/>s.</summary>
public static class Update
{
    /// <summary>Nothing changes.</summary>
    public static Update<T> None<T>(T result) => new(_ => result, []);

    /// <summary>These changes, all or nothing.</summary>
    public static Update<T> Of<T>(Func<GatewayState, T> answer, params IReadOnlyList<Change> changes) => new(answer, changes);
}
