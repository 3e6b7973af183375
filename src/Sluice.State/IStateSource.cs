namespace Sluice.State;

/// <summary>Where requests read the administrators' state.</summary>
public interface IStateSource
{
    /// <summary>The newest state; a change that was acknowledged on this node is in it.</summary>
    GatewayState Current { get; }
}

/// <summary>A state that is fixed at start: what configuration declares.</summary>
public sealed class DeclaredState(GatewayState state) : IStateSource
{
    public GatewayState Current => state;
}
