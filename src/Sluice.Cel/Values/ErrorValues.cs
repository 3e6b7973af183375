namespace Sluice.Cel.Values;

/// <summary>Errors that need no words of their own.</summary>
internal static class ErrorValues
{
    public static readonly CelError NoValue = new("no value");
    public static readonly CelError NoOverload = new("no such overload");
    public static readonly CelError Overflow = new("integer overflow");
    public static readonly CelError DivideByZero = new("divide by zero");
    public static readonly CelError ModulusByZero = new("modulus by zero");
    public static readonly CelError TimestampRange = new("timestamp out of range: years 1 to 9999");
    public static readonly CelError DurationRange = new("duration out of range: about 292 years either way");
    public static readonly CelError NoSuchKey = new("no such key");
    public static readonly CelError UnsupportedKey = new("unsupported key type: a map key is a bool, int, uint or string");
    public static readonly CelError Steps = new("the evaluation exceeds its budget of steps") { IsLimit = true };
    public static readonly CelError Size = new("a list or map exceeds the size that is allowed here") { IsLimit = true };
    public static readonly CelError StringLength = new("a string or bytes value exceeds the length that is allowed here") { IsLimit = true };
    public static readonly CelError Nesting = new("a value is nested too deeply") { IsLimit = true };
}
