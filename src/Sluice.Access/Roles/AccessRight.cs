namespace Sluice.Access.Roles;

/// <summary>What a role may do with the role bindings in its scope. Each includes those before it.</summary>
internal enum AccessRight
{
    None,

    /// <summary>Know them.</summary>
    Describe,

    /// <summary>Make and delete those that give no more than the role itself gives.</summary>
    Alter,
}
