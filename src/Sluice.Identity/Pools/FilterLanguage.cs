using Sluice.Cel;

namespace Sluice.Identity.Pools;

/// <summary>The language of pool filters, for those who try a filter without a gateway.</summary>
public static class FilterLanguage
{
    /// <summary>What requests are judged with: CEL's standard, with one variable, the token's <c>claims</c>.</summary>
    public static CelEnvironment Environment => PoolFilter.Language;
}
