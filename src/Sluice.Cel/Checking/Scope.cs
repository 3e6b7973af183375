namespace Sluice.Cel.Checking;

/// <summary>Variables that enclosing macros declare, innermost first.</summary>
internal sealed record Scope(string Name, CelType Type, Scope? Outer)
{
    public static Scope? Find(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Name == name)
            {
                return scope;
            }
        }

        return null;
    }
}
