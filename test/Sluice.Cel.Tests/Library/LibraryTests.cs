namespace Sluice.Cel.Tests.Library;

public sealed class LibraryTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard
        .WithLibrary(CelLibrary.Bindings)
        .WithLibrary(CelLibrary.TwoVariableComprehensions)
        .WithLibrary(CelLibrary.Encoders)
        .WithLibrary(CelLibrary.Math)
        .WithLibrary(CelLibrary.Strings)
        .WithLibrary(CelLibrary.Optionals);

    [Theory]
    [InlineData("[?optional.of(42), ?optional.none()] == [42]")]
    [InlineData("optional.of(1).optMap(x, x + 1).value() == 2")]
    [InlineData("optional.of([1]).optFlatMap(x, x[?1]).orValue(7) == 7")]
    [InlineData("cel.bind(x, 2, x * x) == 4")]
    [InlineData("[1, 2].transformMap(i, v, i + v) == {0: 1, 1: 3}")]
    [InlineData("math.greatest(1, 2.5, 2u) == 2.5 && math.round(-1.5) == -2.0")]
    [InlineData("'%.2f %x %s'.format([1.005, 255, {'b': 1, 'a': [true]}]) == '1.00 ff {a: [true], b: 1}'")]
    [InlineData("'a-b-c'.split('-', 2) == ['a', 'b-c'] && 'abc'.substring(1) == 'bc' && 'aXa'.replace('a', '', 1) == 'Xa'")]
    [InlineData("base64.decode('aGVsbG8') == b'hello'")]
    [InlineData("dyn(9223372036854775807) >= 9223372036854775808.0")]
    public void An_extension_does_what_it_says(string source)
    {
        var compiled = Environment.Compile(source);
        Assert.True(compiled.IsSuccess, compiled.ToString());
        Assert.True(compiled.Program.Evaluate(CelActivation.Empty).IsTrue, source);
    }

    [Theory]
    [InlineData("[1, 2, 3].map(a, [1, 2, 3].map(b, [1, 2, 3].map(c, a + b + c))).size() > 0 || true")]
    [InlineData("cel.bind(a, 'xxxxxxxxxxxxxxxx', cel.bind(b, a + a + a + a, cel.bind(c, b + b + b + b, c + c + c + c == c || true)))")]
    public void No_operator_absorbs_a_limit(string source)
    {
        var tight = Environment.WithLimits(new CelLimits { MaxSteps = 50, MaxStringLength = 500 });
        var result = tight.Compile(source).Program!.Evaluate(CelActivation.Empty);
        Assert.True(result.Error?.IsLimit, result.ToString());
    }
}
