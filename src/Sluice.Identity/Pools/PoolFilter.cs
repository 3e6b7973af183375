using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sluice.Cel;
using Sluice.State;

namespace Sluice.Identity.Pools;

/// <summary>A pool's filter, compiled once. One that does not compile matches nobody: a pool must never be wider than its filter says.</summary>
internal sealed class PoolFilter
{
    /// <summary>The language of filters: CEL's standard with one variable, the token's claims.</summary>
    public static CelEnvironment Language { get; } =
        CelEnvironment.Standard.WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn));

    private readonly CelProgram? _program;

    private PoolFilter(CelProgram? program) => _program = program;

    public static PoolFilter Compile(IdentityPool pool, ILogger logger)
    {
        var compiled = Language.Compile(pool.Filter);
        if (!compiled.IsSuccess)
        {
            Log.FilterInvalid(logger, pool.Id, compiled.ToString());
        }

        return new PoolFilter(compiled.Program);
    }

    /// <summary>True only for a plain <c>true</c>: an error, or anything else, is no match.</summary>
    /// <remarks>HOT: evaluates without allocating.</remarks>
    public bool IsTrue(JsonElement claims) => _program is not null && _program.IsTrue(claims);
}
